import type { MrzLayout } from '../layout.ts'
import { parseMrz } from '../parse.ts'
import type { MrzCorrection } from '../reading.ts'
import { searchByCheckDigits } from './check-digit-search.ts'
import { chooseFormat } from './choose-format.ts'
import { characterConfidences } from './confidence.ts'
import type { ZoneEvidence } from './sighting.ts'

/** Whether check digits hold does not depend on the day. */
const ANY_DAY = new Date(0)

/** Evidence made into lines. */
export interface Decoded {
  readonly layout: MrzLayout
  readonly lines: readonly string[]
  readonly corrections: readonly MrzCorrection[]
  /** 0 to 1, one row a line, one value a character. */
  readonly characters: readonly (readonly number[])[]
  /** Nothing of the zone seems to be missing. */
  readonly isWhole: boolean
}

/** Chooses the format, hears the check digits, and says how sure every character is. */
export function decodeEvidence(evidence: ZoneEvidence): Decoded | undefined {
  const reading = chooseFormat(evidence)
  if (!reading) return undefined
  const { layout } = reading
  const { lines, corrections } = searchByCheckDigits(reading)
  const { checkDigits } = parseMrz(lines, ANY_DAY)
  const characters = characterConfidences(reading, lines, checkDigits)
  return { layout, lines, corrections, characters, isWhole: evidence.isWhole }
}
