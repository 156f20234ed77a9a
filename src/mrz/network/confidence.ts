import { characterValue } from '../check-digit.ts'
import type { MrzLayout } from '../layout.ts'
import type { FormatReading } from './choose-format.ts'
import { CHARACTERS } from './recognise-line.ts'

const KINDS = CHARACTERS.length
/** A check digit that holds passes one wrong character in ten: so much it speaks for each one that it covers. */
const EVIDENCE = 10

/**
 * How surely each character of the lines is right, 0 to 1: the recogniser's own probability and that of the check digits
 * which hold (`holds`, by name).
 */
export function characterConfidences(
  { layout, logs }: FormatReading,
  lines: readonly string[],
  holds: Readonly<Record<string, boolean>>,
): readonly (readonly number[])[] {
  const witnesses = witnessesOf(layout, holds)
  return lines.map((line, row) =>
    [...line].map((character, column) =>
      sureness(logs[row]!.subarray(column * KINDS, (column + 1) * KINDS), character, witnesses[row]![column]!),
    ),
  )
}

/**
 * The probability of a character after `witnesses` check digits were heard. They say nothing against characters whose
 * values differ by ten or twenty (8 and S, 1 and L), which sum up alike.
 */
function sureness(logs: Float32Array, character: string, witnesses: number): number {
  const value = characterValue(character)
  let all = 0
  for (let kind = 0; kind < KINDS; kind++) {
    const isHeard = (characterValue(CHARACTERS[kind]!) - value) % 10 !== 0
    all += Math.exp(logs[kind]!) / (isHeard ? EVIDENCE ** witnesses : 1)
  }
  return Math.min(Math.exp(logs[CHARACTERS.indexOf(character)]!) / all, 1 - 1e-7)
}

/** How many of the check digits that hold cover each cell. */
function witnessesOf(layout: MrzLayout, holds: Readonly<Record<string, boolean>>): number[][] {
  const counts = Array.from({ length: layout.lines }, () => Array<number>(layout.columns).fill(0))
  for (const { field, at, over } of layout.checkDigits) {
    if (!holds[field]) continue
    for (const { line, start, end } of [at, ...over]) {
      for (let column = start; column < end; column++) counts[line]![column]!++
    }
  }
  return counts
}
