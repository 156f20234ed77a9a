import type { Picture } from '../image/picture.ts'
import type { Calibration } from './network/calibration.ts'
import { type Decoded, decodeEvidence } from './network/decode-evidence.ts'
import type { MrzReader } from './network/network-reader.ts'
import type { Sighting, Unseen } from './network/sighting.ts'
import { parseMrz } from './parse.ts'
import type { MrzMissing, MrzReading } from './reading.ts'

/**
 * Below this share of wholly right readings nobody should rely on one: of 1 195 generated pages that claimed more, none was
 * wrong; of 51 between 0.98 and this, none, but of 66 between 0.95 and 0.98, five.
 */
export const ACCEPTED_CONFIDENCE = 0.99
/** A field below this share of right ones is doubtful. */
const SURE_FIELD = 0.95
/** What is no reason to doubt: a way to print, not a way to misread. */
const HARMLESS = ['names-truncated', 'documentNumber-convention', 'composite-convention']

/**
 * Reads the MRZ of a picture: evidence by the reader, then format, check digits, fields and an honest judgement. Nothing
 * that was read is withheld; `accepted` says whether it may be relied on. `at` settles the century of two-digit years.
 */
export async function readMrz(picture: Picture, reader: MrzReader, at: Date): Promise<MrzReading | MrzMissing> {
  return judgeSighting(await reader.read(picture), reader.calibration, at)
}

/** Decodes and judges what a picture shows. */
export function judgeSighting(seen: Sighting | Unseen, calibration: Calibration, at: Date): MrzReading | MrzMissing {
  if ('reason' in seen) return { found: false, reason: seen.reason }
  const decoded = decodeEvidence(seen.evidence, calibration)
  return decoded ? judgeMrz(decoded, at) : { found: false, reason: 'mrz-unreadable' }
}

/**
 * Decodes the lines into fields and judges how far they may be relied on, given `doubts` that others had. Check digits alone
 * are no proof: one in ten wrong readings of a field passes, and names have none. So the whole must be sure, and every
 * date a date.
 */
export function judgeMrz(decoded: Decoded, at: Date, doubts: readonly string[] = []): MrzReading {
  const { layout, lines, corrections, fields, confidence, isWhole } = decoded
  const parse = parseMrz(lines, at)
  const all = [...(parse.doubts ?? []), ...(isWhole ? [] : ['lines-unclear']), ...doubts]
  const serious = all.filter((doubt) => !HARMLESS.includes(doubt))
  const isDoubtful = ([field, share]: [string, number]) =>
    share < SURE_FIELD || parse.checkDigits[field] === false || serious.some((doubt) => doubt.startsWith(`${field}-`))
  return {
    found: true,
    format: layout.format,
    lines,
    ...parse,
    doubts: all,
    accepted: parse.valid && confidence >= ACCEPTED_CONFIDENCE && serious.length === 0,
    confidence,
    confidences: fields,
    doubtful: Object.entries(fields)
      .filter(isDoubtful)
      .map(([field]) => field),
    corrections,
  }
}
