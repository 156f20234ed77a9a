import { judgeMrz, type MrzReading } from '../../src/mrz/index.ts'
import type { Calibration } from '../../src/mrz/network/calibration.ts'
import { combineFrames } from '../../src/mrz/network/combine-frames.ts'
import { decodeEvidence } from '../../src/mrz/network/decode-evidence.ts'
import type { ZoneEvidence } from '../../src/mrz/network/sighting.ts'
import { table } from '../report.ts'
import { readEvidence } from './claims.ts'

const ANY_DAY = new Date(0)

interface Document {
  readonly mrz: readonly string[]
  readonly frames: readonly ZoneEvidence[]
}

/**
 * Claim: several frames of a document read more than the best of them, and none is accepted wrongly. Reads the pictures of
 * `models/mrz/pictures.py FOLDER COUNT SEED hard FRAMES`; then mixes frames of different documents.
 */
export async function benchFrames(folder: string): Promise<string> {
  const { seen, calibration } = await readEvidence(folder)
  const documents: { mrz: readonly string[]; frames: ZoneEvidence[]; taken: number }[] = []
  for (const { picture, evidence } of seen) {
    if (documents.at(-1)?.mrz.join() !== picture.mrz.join()) documents.push({ mrz: picture.mrz, frames: [], taken: 0 })
    documents.at(-1)!.taken++
    if (evidence) documents.at(-1)!.frames.push(evidence)
  }
  const most = Math.max(...documents.map(({ taken }) => taken))
  const rows = Array.from({ length: most }, (_, i) => {
    const shown = documents.map(({ mrz, frames }) => ({ mrz, frames: frames.slice(0, i + 1) }))
    const best = shown.map((document) => outcome(document, (frames) => bestOf(frames, calibration)))
    const joined = shown.map((document) => outcome(document, (frames) => together(frames, calibration)))
    return [i + 1, ...figures(best), ...figures(joined)]
  })
  const mixed = documents.map(({ mrz, frames }, i) => {
    const other = documents[(i + 1) % documents.length]!
    return outcome({ mrz, frames: [...frames.slice(0, 2), ...other.frames.slice(0, 2)] }, (all) =>
      together(all, calibration),
    )
  })
  const wrong = mixed.filter(({ accepted, exact }) => accepted && !exact).length
  return [
    `${documents.length} documents, ${seen.length} pictures, ${seen.filter(({ evidence }) => evidence).length} of them read`,
    table(['frames', 'best: exact', 'accepted', 'wrong', 'together: exact', 'accepted', 'wrong'], rows),
    `two documents mixed, two frames each: accepted ${mixed.filter(({ accepted }) => accepted).length}, as neither document ${wrong}`,
  ].join('\n\n')
}

interface Outcome {
  readonly exact: boolean
  readonly accepted: boolean
}

function outcome(
  { mrz, frames }: Document,
  read: (frames: readonly ZoneEvidence[]) => MrzReading | undefined,
): Outcome {
  const reading = frames.length > 0 ? read(frames) : undefined
  return { exact: reading?.lines.join() === mrz.join(), accepted: reading?.accepted ?? false }
}

/** The surest reading of a single frame. */
function bestOf(frames: readonly ZoneEvidence[], calibration: Calibration): MrzReading | undefined {
  const readings = frames.flatMap((frame) => {
    const decoded = decodeEvidence(frame, calibration)
    return decoded ? [judgeMrz(decoded, ANY_DAY)] : []
  })
  return readings.sort((a, b) => b.confidence - a.confidence)[0]
}

function together(frames: readonly ZoneEvidence[], calibration: Calibration): MrzReading | undefined {
  const decoded = decodeEvidence(combineFrames(frames).evidence, calibration)
  return decoded && judgeMrz(decoded, ANY_DAY)
}

function figures(outcomes: readonly Outcome[]): number[] {
  const count = (is: (each: Outcome) => boolean) => outcomes.filter(is).length
  return [
    count(({ exact }) => exact),
    count(({ accepted }) => accepted),
    count(({ exact, accepted }) => accepted && !exact),
  ]
}
