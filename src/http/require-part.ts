import { Fault } from '../check/index.ts'
import type { Parts } from './parts.ts'

/** The first part of a name. @throws Fault `part-missing` */
export function requirePart(parts: Parts, name: string): Uint8Array {
  const [bytes] = parts.get(name) ?? []
  if (!bytes) throw new Fault('part-missing', 'malformed', `the body lacks the part "${name}"`)
  return bytes
}
