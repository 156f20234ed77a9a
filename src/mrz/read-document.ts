import type { Picture } from '../image/index.ts'
import { guideCapture, type MrzCapture } from './capture/guide-capture.ts'
import { judgeFrames } from './judge-frames.ts'
import type { Calibration } from './network/calibration.ts'
import type { FrameUse } from './network/combine-frames.ts'
import type { MrzReader } from './network/network-reader.ts'
import type { Sighting, Unseen } from './network/sighting.ts'
import { judgeSighting } from './read-mrz.ts'
import type { MrzMissing, MrzReading } from './reading.ts'
import type { SecondOpinion, SecondReader } from './second-opinion.ts'

/** So many frames of one document may be read together; more hardly tell more. */
export const MAX_MRZ_FRAMES = 16

/** What became of one of several frames. */
export interface MrzFrame {
  readonly use: FrameUse | 'nothing-read'
  /** Of what it says alone, 0 to 1. */
  readonly confidence?: number
  readonly capture: MrzCapture
}

/** One document as one picture or several frames show it. */
export type MrzAnswer = (MrzReading | MrzMissing) & {
  /** How well the (last) picture shows it. */
  readonly capture: MrzCapture
  /** In their order, where there were several. */
  readonly frames?: readonly MrzFrame[]
  readonly secondOpinion?: SecondOpinion
}

/** Opens a picture, as often as asked: frames are held one at a time. */
export type OpenPicture = () => Promise<Picture>

interface Look {
  readonly open: OpenPicture
  readonly seen: Sighting | Unseen
  readonly reading: MrzReading | MrzMissing
  readonly capture: MrzCapture
}

/**
 * Reads one document from one picture or from several frames, whose evidence adds up, and says how well each shows it. With
 * frames that show another document nothing is accepted. `second` gives its opinion on the clearest picture's lines.
 */
export async function readDocument(
  pictures: readonly OpenPicture[],
  reader: MrzReader,
  at: Date,
  second?: SecondReader,
): Promise<MrzAnswer> {
  const looks: Look[] = []
  for (const open of pictures) {
    const picture = await open()
    const seen = await reader.read(picture)
    const reading = judgeSighting(seen, reader.calibration, at)
    looks.push({ open, seen, reading, capture: guideCapture(picture, seen.place, reading) })
  }
  const last = looks.at(-1)!
  const { reading, uses, clearest } =
    looks.length > 1 ? joined(looks, reader.calibration, at) : { ...last, uses: undefined, clearest: last }
  const frames = uses?.map((use, i) => frameOf(looks[i]!, use))
  const opinion = second && reading.found ? await opinionOn(clearest, reading, second) : undefined
  return {
    ...reading,
    capture: last.capture,
    ...(frames ? { frames } : {}),
    ...(opinion ? { secondOpinion: opinion } : {}),
  }
}

/** Judges the frames that were read together. */
function joined(looks: readonly Look[], calibration: Calibration, at: Date) {
  const read = looks.flatMap((look, i) => ('evidence' in look.seen ? [{ look, i, evidence: look.seen.evidence }] : []))
  const uses: MrzFrame['use'][] = looks.map(() => 'nothing-read')
  if (read.length === 0) return { reading: looks.at(-1)!.reading, uses, clearest: looks.at(-1)! }
  const judged = judgeFrames(
    read.map(({ evidence }) => evidence),
    calibration,
    at,
  )
  judged.uses.forEach((use, i) => {
    uses[read[i]!.i] = use
  })
  return { reading: judged.reading, uses, clearest: read[judged.clearest]!.look }
}

function frameOf({ reading, capture }: Look, use: MrzFrame['use']): MrzFrame {
  return { use, ...(reading.found ? { confidence: reading.confidence } : {}), capture }
}

async function opinionOn(
  { open, seen }: Look,
  { lines }: MrzReading,
  second: SecondReader,
): Promise<SecondOpinion | undefined> {
  return seen.place && second.read(await open(), seen.place, lines)
}
