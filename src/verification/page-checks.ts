import { failed, indeterminate, notPerformed, type Outcome, passed, rounded } from '../check/index.ts'
import type { MrzMissing, MrzReading } from '../mrz/reading.ts'
import { sameLines } from './document-checks.ts'

/** From this confidence on, check digits that do not hold are the document's fault and not the reader's. */
const SURE_READING = 0.95

/**
 * An MRZ was located and read with enough confidence. A doubtful reading that equals the chip's DG1 in every character
 * is as good as a sure one: the chip has confirmed it.
 */
export function checkMrzFound(
  page: MrzReading | MrzMissing | undefined,
  chipLines: readonly string[] | undefined,
): Outcome {
  if (!page) return notPerformed('page-missing')
  if (!page.found) return indeterminate('mrz-not-found', { reason: page.reason })
  if (page.accepted) return passed({ confidence: rounded(page.confidence) })
  if (chipLines && sameLines(page.lines, chipLines)) return passed({ confirmedBy: 'chip' })
  return indeterminate('mrz-doubtful', { confidence: rounded(page.confidence) })
}

/** Every check digit that the format prints holds (ICAO 9303-3, 4.9). */
export function checkMrzCheckDigits(
  page: MrzReading | MrzMissing | undefined,
  chipLines: readonly string[] | undefined,
): Outcome {
  if (!page) return notPerformed('page-missing')
  if (!page.found) return indeterminate('mrz-not-found')
  if (page.valid) return passed()
  const wrong = Object.keys(page.checkDigits).filter((field) => !page.checkDigits[field])
  const sure = page.confidence >= SURE_READING || (chipLines !== undefined && sameLines(page.lines, chipLines))
  return sure
    ? failed('check-digit-wrong', { fields: wrong })
    : indeterminate('check-digit-doubtful', { fields: wrong })
}
