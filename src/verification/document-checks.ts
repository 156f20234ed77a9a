import { failed, indeterminate, notPerformed, type Outcome, passed } from '../check/index.ts'
import type { MrzDocument, MrzMissing, MrzReading } from '../mrz/reading.ts'

/** The document is in date: it is valid to the end of the day that it names (ICAO 9303-3, 4.8), in UTC. */
export function checkNotExpired(document: MrzDocument | undefined, at: Date): Outcome {
  if (!document) return notPerformed('document-unread')
  const { dateOfExpiry } = document
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dateOfExpiry)) return indeterminate('expiry-unknown')
  return dateOfExpiry < at.toISOString().slice(0, 10) ? failed('expired') : passed()
}

/** The page's MRZ is the chip's DG1, character by character; what differs is named by field, never by value. */
export function checkPageMatchesChip(
  page: MrzReading | MrzMissing | undefined,
  chipLines: readonly string[] | undefined,
  chipDocument: MrzDocument | undefined,
): Outcome {
  if (!page) return notPerformed('page-missing')
  if (!chipLines || !chipDocument) return notPerformed('dg1-missing')
  if (!page.found) return indeterminate('page-unread')
  if (sameLines(page.lines, chipLines)) return passed()

  const differing = (Object.keys(chipDocument) as (keyof MrzDocument)[])
    .filter((field) => page.document[field] !== chipDocument[field])
    .sort()
  const evidence = { fields: differing }
  return page.accepted ? failed('page-differs', evidence) : indeterminate('page-doubtful', evidence)
}

export function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i])
}
