import { Fault } from '../../check/index.ts'
import type { Picture } from '../../image/index.ts'
import type { Model, ModelSet } from '../../onnx/index.ts'
import { type Calibration, calibrationOf } from './calibration.ts'
import { type Checked, searchByCheckDigits } from './check-digit-search.ts'
import { type FittedZone, fitLines, fitSeen } from './fit-lines.ts'
import { LOOKS, locateZones } from './locate-zone.ts'
import { isWhole, type LinesRead, readLines } from './read-lines.ts'
import { rereadLines } from './reread-lines.ts'
import type { Sighting, Unseen } from './sighting.ts'

/** Below this no zone was read: what the detector took for one says nothing in the MRZ's alphabet. */
const LEAST_SCORE = -1.6
/** Where a place reads badly, only a part of the zone may have been seen: it is looked at with so much more around it. */
const WIDER = 1.8
/** What it is worth that every check digit holds, in the measure of a line's score. */
const VALID_WORTH = 0.5
/** A reading worth so much ends the search: check digits hold, or hardly a doubt about any character. */
const GOOD_WORTH = -0.12

/** Picture in, what it shows of a machine readable zone out. */
export interface MrzReader {
  read(picture: Picture): Promise<Sighting | Unseen>
  /** What its evidence is worth. */
  readonly calibration: Calibration
}

/** The reader with two networks of our own. Throws the fault `model-missing` (installation) where a role has no model. */
export function createMrzReader(models: ModelSet): MrzReader {
  const detector = required(models, 'mrz-detection')
  const recogniser = required(models, 'mrz-recognition')
  return {
    read: (picture) => readPicture(detector, recogniser, picture),
    calibration: calibrationOf(recogniser),
  }
}

function required(models: ModelSet, role: 'mrz-detection' | 'mrz-recognition'): Model {
  const [model] = models.all(role)
  if (!model) throw new Fault('model-missing', 'installation', `there is no model for the role ${role}`)
  return model
}

/** Locates, rectifies and recognises. */
async function readPicture(detector: Model, recogniser: Model, picture: Picture): Promise<Sighting | Unseen> {
  const { best, isFound } = await search(detector, recogniser, picture)
  if (!best) return { reason: isFound ? 'mrz-unreadable' : 'mrz-not-found' }
  if (best.read.score < LEAST_SCORE) return { reason: 'mrz-unreadable', place: best.place }
  return { evidence: best.evidence, place: best.place }
}

interface Found extends Sighting {
  readonly read: LinesRead
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
      const attempts = [
        () => place.near && fitSeen(place.near),
        () => fitLines(detector, picture, place),
        () => fitLines(detector, picture, wider),
      ]
      for (const attempt of attempts) {
        const zone = await attempt()
        const found = zone && (await readZone(recogniser, picture, zone))
        if (found && (!best || worth(found) > worth(best))) best = found
        if (best && worth(best) > GOOD_WORTH) return { best, isFound }
      }
    }
  }
  return { best, isFound }
}

async function readZone(recogniser: Model, picture: Picture, zone: FittedZone): Promise<Found | undefined> {
  const first = await readLines(recogniser, picture, zone)
  const read = first && (await rereadLines(recogniser, picture, first))
  if (!read?.reading) return undefined
  const { columns } = read.cells[0]!
  const evidence = { columns, logs: read.cells.map(({ logs }) => logs), isWhole: read.cells.every(isWhole) }
  const lines = read.lines.map((line, i) => ({ line, pacing: read.pacings[i]! }))
  return { evidence, place: { view: read.view, columns, lines }, read, checked: searchByCheckDigits(read.reading) }
}

/** How far a reading may be trusted against another: check digits weigh more than clear print. */
function worth({ read, checked }: Found): number {
  return read.score + (checked.valid ? VALID_WORTH : 0)
}
