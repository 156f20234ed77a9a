import { characterValue } from '../check-digit.ts'
import type { MrzLayout } from '../layout.ts'
import type { Checked } from './check-digit-search.ts'
import type { FormatReading } from './choose-format.ts'
import { CHARACTERS } from './recognise-line.ts'

const KINDS = CHARACTERS.length
/** A check digit that holds passes one wrong character in ten: so much it speaks for each one that it covers. */
const EVIDENCE = 10

export interface Confidence {
  /** One row a line, one value a character. */
  readonly characters: readonly (readonly number[])[]
  /** Share of such readings that are right in every character. */
  readonly whole: number
}

/**
 * How surely each character is right, and all of them: the recogniser's own probabilities and the check digits'. A reading
 * that fails a check digit, or of lines that may go on beyond what was read, is worth half at most.
 */
export function confidenceOf(reading: FormatReading, checked: Checked, isWhole: boolean): Confidence {
  const witnesses = checked.valid ? witnessesOf(reading.layout) : undefined
  const characters = checked.lines.map((line, row) =>
    [...line].map((character, column) =>
      sureness(
        reading.logs[row]!.subarray(column * KINDS, (column + 1) * KINDS),
        character,
        witnesses?.[row]?.[column] ?? 0,
      ),
    ),
  )
  const whole = characters.flat().reduce((product, each) => product * each, 1)
  return { characters, whole: checked.valid && isWhole ? whole : whole * 0.5 }
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

/** How many check digits cover each cell. */
function witnessesOf(layout: MrzLayout): number[][] {
  const counts = Array.from({ length: layout.lines }, () => Array<number>(layout.columns).fill(0))
  for (const { at, over } of layout.checkDigits) {
    for (const { line, start, end } of [at, ...over]) {
      for (let column = start; column < end; column++) counts[line]![column]!++
    }
  }
  return counts
}
