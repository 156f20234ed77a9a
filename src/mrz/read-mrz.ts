import type { Picture } from '../image/picture.ts'
import { mrzLayout } from './format.ts'
import { parseMrz } from './parse.ts'
import type { MrzLines, MrzMissing, MrzParse, MrzReader, MrzReading } from './reading.ts'
import { repairMrz } from './repair.ts'

/** Below this share of wholly right readings nobody should rely on one: above it, all of 158 measured ones were right. */
const ACCEPTED_CONFIDENCE = 0.95
/** A single doubtful character is enough to doubt the whole. */
const ACCEPTED_CHARACTER = 0.6

/**
 * Reads the MRZ of a picture: lines by the reader, then format, repair, fields and an honest judgement. Nothing that
 * was read is withheld; `accepted` says whether it may be relied on. `at` settles the century of two-digit years.
 */
export async function readMrz(picture: Picture, reader: MrzReader, at: Date): Promise<MrzReading | MrzMissing> {
  const seen = await reader.read(picture)
  if ('reason' in seen) return { found: false, reason: seen.reason }
  return judgeMrz(seen, at)
}

/** Decodes and judges lines that a reader saw. */
export function judgeMrz(seen: MrzLines, at: Date): MrzReading | MrzMissing {
  const layout = mrzLayout(seen.lines)
  if (!layout) return { found: false, reason: 'mrz-format-unknown' }
  // A reader that weighs check digits against its own evidence knows better than a list of look-alikes.
  const hasWeighed = seen.corrections !== undefined
  const repair = hasWeighed ? undefined : repairMrz(seen.lines, seen.confidences, layout)
  const lines = repair?.lines ?? seen.lines
  const parse = parseMrz(lines, at)
  const corrections = seen.corrections ?? repair?.corrections ?? []
  const confidence = seen.confidence ?? seen.confidences.flat().reduce((product, each) => product * each, 1)
  const accepted = confidence >= ACCEPTED_CONFIDENCE && isReliable(parse, seen) && !repair?.corrections.length
  return { found: true, format: layout.format, lines, ...parse, accepted, confidence, corrections }
}

/**
 * Check digits alone are no proof: one in ten wrong readings of a field passes, and names have none. So every
 * character must be sure and every date a date; what a list of look-alikes repaired is never relied on.
 */
function isReliable(parse: MrzParse, seen: MrzLines): boolean {
  const doubts = parse.doubts?.filter((doubt) => doubt !== 'names-truncated') ?? []
  const isSure = seen.confidences.every((row) => row.every((each) => each >= ACCEPTED_CHARACTER))
  return parse.valid && isSure && doubts.length === 0
}
