import { createHash } from 'node:crypto'
import type { FaceAnalyser, FaceAnalysis, FaceGlance } from '../face/index.ts'
import { decodePicture, type Picture } from '../image/index.ts'
import type { Challenge } from './challenge.ts'
import { isSeen, type ObservedFrame } from './frame.ts'
import { chooseGlancedFrames } from './glanced-frames.ts'
import { measureReflection } from './reflection.ts'

/** A frame as it was sent; `time` in ms from the first. */
export interface CapturedFrame {
  readonly bytes: Uint8Array
  readonly time: number
}

/** What was seen of a performance. */
export interface Observation {
  readonly frames: readonly ObservedFrame[]
  /** The frame that is best compared with a portrait; absent when none shows a face. */
  readonly best?: { readonly picture: Picture; readonly analysis: FaceAnalysis }
}

/** Decoded pictures of one performance that are held at a time, in bytes: some 30 frames of a telephone's camera. */
const MAX_HELD = 24_000_000

/**
 * Looks at every frame of a performance, glances at the face in the few that `chooseGlancedFrames` picks, and analyses the best
 * of those. Decoded pictures are held as far as the memory for them goes, so that a performance never fills it; others are
 * decoded again.
 * Throws what `decodePicture` throws.
 */
export async function observeFrames(
  challenge: Challenge,
  frames: readonly CapturedFrame[],
  faces: FaceAnalyser,
): Promise<Observation> {
  const observed: ObservedFrame[] = []
  const held: (Picture | undefined)[] = []
  let room = MAX_HELD
  for (const { bytes, time } of frames) {
    const picture = await decodePicture(bytes)
    observed.push(await observeFrame(picture, time, faces))
    const fits = picture.data.length <= room
    if (fits) room -= picture.data.length
    held.push(fits ? picture : undefined)
  }
  const pictureAt = async (index: number) => held[index] ?? (await decodePicture(frames[index]!.bytes))
  for (const index of chooseGlancedFrames(challenge, observed)) {
    const frame = observed[index]!
    if (!isSeen(frame)) continue
    observed[index] = { ...frame, glance: await faces.glance(await pictureAt(index), frame.face) }
  }
  const index = bestGlance(observed)
  if (index === undefined) return { frames: observed }
  const picture = await pictureAt(index)
  const analysis = await faces.analyse(picture, observed[index]!.glance!.geometry)
  return { frames: observed, ...('reason' in analysis ? {} : { best: { picture, analysis } }) }
}

/** Finds the face of one frame: detection and mesh alone. */
export async function observeFrame(picture: Picture, time: number, faces: FaceAnalyser): Promise<ObservedFrame> {
  const digest = createHash('sha256').update(picture.data).digest('hex')
  const face = await faces.locate(picture)
  const size = { width: picture.width, height: picture.height }
  return { time, size, face, digest, ...('reason' in face ? {} : { reflection: measureReflection(picture, face) }) }
}

/** The index of the frame that is best compared with a portrait: the most frontal of the sharp ones. */
function bestGlance(frames: readonly ObservedFrame[]): number | undefined {
  let best: number | undefined
  for (const [i, { glance }] of frames.entries()) {
    if (glance && (best === undefined || worth(glance) > worth(frames[best]!.glance!))) best = i
  }
  return best
}

function worth({ quality: { values } }: FaceGlance): number {
  return Math.min(values.yaw ?? 0, values.pitch ?? 0, values.sharpness ?? 0, values.brightness ?? 0)
}
