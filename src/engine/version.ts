import { readFileSync } from 'node:fs'
import { packageRoot } from './package-root.ts'

/** The version in package.json. */
export function engineVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot()), 'utf8')) as { version: string }
  return version
}
