import { judgeMrz, type MrzReading } from '../../src/mrz/index.ts'
import { judgeFrames } from '../../src/mrz/judge-frames.ts'
import type { Calibration } from '../../src/mrz/network/calibration.ts'
import { decodeEvidence } from '../../src/mrz/network/decode-evidence.ts'
import type { ZoneEvidence } from '../../src/mrz/network/sighting.ts'
import { table } from '../report.ts'
import { readEvidence } from './claims.ts'

const ANY_DAY = new Date(0)

interface Shown {
  /** What a right reading may say. */
  readonly mrz: readonly (readonly string[])[]
  readonly frames: readonly (ZoneEvidence | undefined)[]
}

/**
 * Claim: several frames of a document read more than the best of them, and none is accepted wrongly. Reads the pictures of
 * `models/mrz/pictures.py FOLDER COUNT SEED frames`; then mixes frames of different documents.
 */
export async function benchFrames(folder: string): Promise<string> {
  const { seen, calibration } = await readEvidence(folder)
  const documents: { mrz: readonly string[]; frames: (ZoneEvidence | undefined)[] }[] = []
  for (const { picture, evidence } of seen) {
    if (documents.at(-1)?.mrz.join() !== picture.mrz.join()) documents.push({ mrz: picture.mrz, frames: [] })
    documents.at(-1)!.frames.push(evidence)
  }
  const most = Math.max(...documents.map(({ frames }) => frames.length))
  const rows = Array.from({ length: most }, (_, i) => {
    const shown = documents.map(({ mrz, frames }) => ({ mrz: [mrz], frames: frames.slice(0, i + 1) }))
    const best = shown.map((document) => outcome(document, (frames) => bestOf(frames, calibration)))
    const joined = shown.map((document) => outcome(document, (frames) => together(frames, calibration)))
    return [i + 1, ...figures(best), ...figures(joined)]
  })
  const mixed = documents.map(({ mrz, frames }, i) => {
    const other = documents[(i + 1) % documents.length]!
    const both = { mrz: [mrz, other.mrz], frames: [...frames.slice(0, 2), ...other.frames.slice(0, 2)] }
    return outcome(both, (all) => together(all, calibration))
  })
  const [, accepted, neither] = figures(mixed)
  return [
    `${documents.length} documents, ${seen.length} pictures, ${seen.filter(({ evidence }) => evidence).length} of them read`,
    table(['frames', 'best: exact', 'accepted', 'wrong', 'together: exact', 'accepted', 'wrong'], rows),
    `two frames each of two documents: accepted ${accepted}, as neither of them ${neither}`,
  ].join('\n\n')
}

interface Outcome {
  readonly exact: boolean
  readonly accepted: boolean
}

function outcome({ mrz, frames }: Shown, read: (frames: readonly ZoneEvidence[]) => MrzReading | undefined): Outcome {
  const seen = frames.filter((frame) => frame !== undefined)
  const reading = seen.length > 0 ? read(seen) : undefined
  const exact = mrz.some((lines) => lines.join() === reading?.lines.join())
  return { exact, accepted: reading?.accepted ?? false }
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
  const { reading } = judgeFrames(frames, calibration, ANY_DAY)
  return reading.found ? reading : undefined
}

function figures(outcomes: readonly Outcome[]): number[] {
  const count = (is: (each: Outcome) => boolean) => outcomes.filter(is).length
  return [
    count(({ exact }) => exact),
    count(({ accepted }) => accepted),
    count(({ exact, accepted }) => accepted && !exact),
  ]
}
