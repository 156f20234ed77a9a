import { MRZ_LAYOUTS, type MrzLayout } from '../layout.ts'
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

/** How surely each character is right, and all of them: the recogniser's own probabilities and the check digits'. */
export function confidenceOf(reading: FormatReading, checked: Checked): Confidence {
  const witnesses = checked.valid ? witnessesOf(reading.layout) : undefined
  const characters = checked.lines.map((line, row) =>
    [...line].map((character, column) => {
      const log = reading.logs[row]![column * KINDS + CHARACTERS.indexOf(character)]!
      const own = Math.min(Math.exp(log), 1 - 1e-7)
      const odds = (own / (1 - own)) * EVIDENCE ** (witnesses?.[row]?.[column] ?? 0)
      return odds / (1 + odds)
    }),
  )
  const whole = characters.flat().reduce((product, each) => product * each, 1)
  return { characters, whole: checked.valid ? whole : whole * 0.5 }
}

/** How many check digits cover each cell. */
function witnessesOf(layout: MrzLayout): number[][] {
  const counts = Array.from({ length: layout.lines }, () => Array<number>(layout.columns).fill(0))
  for (const { at, over } of MRZ_LAYOUTS[layout.format].checkDigits) {
    for (const { line, start, end } of [at, ...over]) {
      for (let column = start; column < end; column++) counts[line]![column]!++
    }
  }
  return counts
}
