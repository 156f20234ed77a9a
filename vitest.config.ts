import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each test file that loads models owns a native runtime; two processes are what two cores can carry.
    pool: 'forks',
    maxWorkers: 2,
  },
})
