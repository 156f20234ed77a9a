import type { Span } from '../layout.ts'
import { STATE_CODES } from '../states.ts'
import { CHARACTERS, logSoftmax } from './recognise-line.ts'

const KINDS = CHARACTERS.length
/** How much likelier a state's own code is than any other three characters: much, but not against what is plainly printed. */
const LISTED = 100

const CODES = STATE_CODES.map((code) => [...code].map((character) => CHARACTERS.indexOf(character)))

/**
 * Weighs three cells by the codes that states have: no check digit covers them, and a code that no state has is hardly ever
 * printed. In place: each cell's distribution becomes its marginal over all codes.
 */
export function weighState(logs: readonly Float32Array[], { line, start, end }: Span): void {
  const cells = logs[line]!.subarray(start * KINDS, end * KINDS)
  const chances = cells.map(Math.exp)
  const listed = chances.slice()
  for (const code of CODES) {
    let chance = LISTED
    for (let i = 0; i < code.length; i++) chance *= chances[i * KINDS + code[i]!]!
    for (let i = 0; i < code.length; i++) listed[i * KINDS + code[i]!]! += chance
  }
  for (let i = 0; i < listed.length; i++) cells[i] = Math.log(Math.max(listed[i]!, 1e-30))
  for (let i = 0; i < end - start; i++) logSoftmax(cells, i * KINDS, KINDS)
}
