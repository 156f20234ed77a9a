import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const GENKEND = fileURLToPath(new URL('../../src/cli/genkend.ts', import.meta.url))

it('ends as ever when nobody reads its output any more', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', GENKEND, 'models', 'list', '--json'])
  child.stdout.destroy()
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const [status] = await once(child, 'close')
  expect(complaints).toBe('')
  expect(status).toBe(0)
}, 30_000)
