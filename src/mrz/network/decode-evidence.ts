import type { MrzLayout, Span } from '../layout.ts'
import { parseMrz } from '../parse.ts'
import type { MrzCorrection } from '../reading.ts'
import { type Calibration, calibrated, logOdds } from './calibration.ts'
import { searchByCheckDigits } from './check-digit-search.ts'
import { chooseFormat } from './choose-format.ts'
import { characterConfidences } from './confidence.ts'
import { type DocumentField, fieldSpans, isCovered, spanConfidence } from './field-confidences.ts'
import type { ZoneEvidence } from './sighting.ts'

/** Whether check digits hold does not depend on the day. */
const ANY_DAY = new Date(0)
/** The share of documents whose print itself breaks its check digits: specimens, forgeries, mistakes. */
const DEFECTIVE_DOCUMENTS = 0.02
/** The share of readings that are right although their lines seem to go on beyond what was seen. */
const RIGHT_THOUGH_CUT = 0.5
/** The share of corrections that are right: a check digit that chose a character cannot confirm it as well. */
const RIGHT_CORRECTIONS = 0.85
/** Where a check digit fails, its field or the digit itself was misread as likely as not. */
const UNCONFIRMED = 0.5

/** Evidence made into lines. Confidences are shares (0 to 1) of such readings that are right. */
export interface Decoded {
  readonly layout: MrzLayout
  readonly lines: readonly string[]
  readonly corrections: readonly MrzCorrection[]
  /** One row a line, one value a character. */
  readonly characters: readonly (readonly number[])[]
  readonly fields: Readonly<Partial<Record<DocumentField, number>>>
  /** Of all lines together. */
  readonly confidence: number
  /** Nothing of the zone seems to be missing. */
  readonly isWhole: boolean
}

/** Chooses the format, hears the check digits, and says how sure characters, fields and the whole are. */
export function decodeEvidence(evidence: ZoneEvidence, calibration: Calibration): Decoded | undefined {
  const reading = chooseFormat(evidence)
  if (!reading) return undefined
  const { layout } = reading
  const { lines, corrections } = searchByCheckDigits(reading)
  const { checkDigits, valid, doubts = [] } = parseMrz(lines, ANY_DAY)
  // A digit that may be computed in two ways proves half as much: it is not heard where only the unusual way holds.
  const heard = Object.keys(checkDigits).filter(
    (field) => checkDigits[field] && !doubts.includes(`${field}-convention`),
  )
  const characters = characterConfidences(reading, lines, heard).map((row) => [...row])
  // The first character tells the format, so it is as doubtful as that.
  characters[0]![0]! *= reading.certainty
  const fields: Partial<Record<DocumentField, number>> = {}
  for (const [field, spans] of fieldSpans(layout, lines)) {
    const line = isCovered(layout, field) ? calibration.checked : calibration.unchecked
    const isCorrected = corrections.some((each) => spans.some((span) => covers(span, each.line - 1, each.column - 1)))
    const confidence = calibrated(spanConfidence(characters, spans), line) * (isCorrected ? RIGHT_CORRECTIONS : 1)
    fields[field] = checkDigits[field] === false ? Math.min(confidence, UNCONFIRMED) : confidence
  }
  const whole = calibrated(
    characters.flat().reduce((product, each) => product * each, 1),
    calibration.whole,
  )
  const confidence =
    (valid ? whole : calibrated(whole, [logOdds(DEFECTIVE_DOCUMENTS), 1])) *
    (evidence.isWhole ? 1 : RIGHT_THOUGH_CUT) *
    (corrections.length === 0 ? 1 : RIGHT_CORRECTIONS)
  return { layout, lines, corrections, characters, fields, confidence, isWhole: evidence.isWhole }
}

function covers({ line, start, end }: Span, row: number, column: number): boolean {
  return line === row && start <= column && column < end
}
