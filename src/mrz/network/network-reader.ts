import type { Picture } from '../../image/index.ts'
import type { Model, ModelSet } from '../../onnx/index.ts'
import type { MrzLines, MrzNotFound, MrzReader } from '../reading.ts'
import { type Checked, searchByCheckDigits } from './check-digit-search.ts'
import { chooseFormat, type FormatReading } from './choose-format.ts'
import { confidenceOf } from './confidence.ts'
import { type FittedZone, fitLines, toPicture } from './fit-lines.ts'
import { LOOKS, locateZones, type Zone } from './locate-zone.ts'
import { isWhole, type LinesRead, readLines } from './read-lines.ts'

/** Below this no zone was read: what the detector took for one says nothing in the MRZ's alphabet. */
const LEAST_SCORE = -1.6
/** Where a place reads badly, only a part of the zone may have been seen: it is looked at with so much more around it. */
const WIDER = 1.8
/** What it is worth that every check digit holds, in the measure of a line's score. */
const VALID_WORTH = 0.5
/** A reading worth so much ends the search: check digits hold, or hardly a doubt about any character. */
const GOOD_WORTH = -0.12

/** The reader with two networks of our own; undefined where the installation has no models for it. */
export function createNetworkReader(models: ModelSet): MrzReader | undefined {
  const [detector] = models.all('mrz-detection')
  const [recogniser] = models.all('mrz-recognition')
  if (!detector || !recogniser) return undefined
  return { read: (picture) => readPicture(detector, recogniser, picture), close: async () => {} }
}

/** Locates, rectifies, recognises and decodes. Reasons when nothing was read: `mrz-not-found`, `mrz-unreadable`. */
export async function readPicture(
  detector: Model,
  recogniser: Model,
  picture: Picture,
): Promise<MrzLines | MrzNotFound> {
  const { best, isFound } = await search(detector, recogniser, picture)
  if (!best) return { reason: isFound ? 'mrz-unreadable' : 'mrz-not-found' }
  if (best.read.score < LEAST_SCORE) return { reason: 'mrz-unreadable' }
  const { reading, checked } = best
  const { characters, whole } = confidenceOf(reading, checked, best.read.cells.every(isWhole))
  return {
    lines: checked.lines,
    confidences: characters,
    confidence: whole,
    corrections: checked.corrections,
    quad: quadOf(best.zone, best.read),
  }
}

interface Found {
  readonly zone: FittedZone
  readonly read: LinesRead
  readonly reading: FormatReading
  readonly checked: Checked
}

/** Looks at the picture as a whole, then, where nothing reads well, turned and in more detail. */
async function search(
  detector: Model,
  recogniser: Model,
  picture: Picture,
): Promise<{ best: Found | undefined; isFound: boolean }> {
  let best: Found | undefined
  let isFound = false
  for (const look of LOOKS) {
    // Nothing is won by looking at a picture larger than it is.
    if (Math.max(picture.width, picture.height) < look.side * 0.5 && look !== LOOKS[0]) continue
    for (const place of await locateZones(detector, picture, look)) {
      isFound = true
      const wider = { ...place, length: place.length * WIDER }
      const turned = { ...place, angle: place.angle + Math.PI }
      for (const guess of [place, wider, turned]) {
        const found = await readPlace(detector, recogniser, picture, guess)
        if (found && (!best || worth(found) > worth(best))) best = found
        if (best && worth(best) > GOOD_WORTH) return { best, isFound }
      }
    }
  }
  return { best, isFound }
}

async function readPlace(
  detector: Model,
  recogniser: Model,
  picture: Picture,
  place: Zone,
): Promise<Found | undefined> {
  const zone = await fitLines(detector, picture, place)
  const read = await readLines(recogniser, picture, zone)
  const reading = read && chooseFormat(read.cells)
  return reading && { zone, read, reading, checked: searchByCheckDigits(reading) }
}

/** How far a reading may be trusted against another: check digits weigh more than clear print. */
function worth({ read, checked }: Found): number {
  return read.score + (checked.valid ? VALID_WORTH : 0)
}

/** The zone's corners in the picture, in reading order: top left, top right, bottom right, bottom left. */
function quadOf({ view }: FittedZone, { lines, cells }: LinesRead): [number, number][] {
  const [first, last] = [lines[0]!, lines.at(-1)!]
  const half = (first.end - first.start) / cells[0]!.columns / 2
  const at = (u: number, [a, b, c]: readonly number[], away: number): [number, number] => {
    const x = u - 191.5
    const point = toPicture(view, u, a! + b! * x + c! * x * x + away)
    return [point.x, point.y]
  }
  return [
    at(first.start, first.curve, -half),
    at(first.end, first.curve, -half),
    at(last.end, last.curve, half),
    at(last.start, last.curve, half),
  ]
}
