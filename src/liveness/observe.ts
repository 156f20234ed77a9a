import { createHash } from 'node:crypto'
import type { FaceAnalyser, FaceAnalysis } from '../face/index.ts'
import { decodePicture, type Picture } from '../image/index.ts'
import type { Challenge } from './challenge.ts'
import type { ObservedFrame } from './frame.ts'
import { chooseKeyFrames } from './key-frames.ts'
import { measureReflection } from './reflection.ts'

/** A frame as it was sent; `time` in ms from the first. */
export interface CapturedFrame {
  readonly bytes: Uint8Array
  readonly time: number
}

/** Decoded pictures of one performance that are held at a time, in bytes: some 30 frames of a telephone's camera. */
const MAX_HELD = 24_000_000

/**
 * Looks at every frame of a performance, and describes the face on the few that `chooseKeyFrames` picks. Decoded pictures
 * are held as far as the memory for them goes, so that a performance never fills it; others are decoded again.
 * Throws what `decodePicture` throws.
 */
export async function observeFrames(
  challenge: Challenge,
  frames: readonly CapturedFrame[],
  faces: FaceAnalyser,
): Promise<readonly ObservedFrame[]> {
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
  for (const index of chooseKeyFrames(challenge, observed)) {
    const frame = observed[index]!
    if ('reason' in frame.face) continue
    const picture = held[index] ?? (await decodePicture(frames[index]!.bytes))
    const analysis = await faces.analyse(picture, frame.face)
    if (!('reason' in analysis)) observed[index] = { ...frame, analysis }
  }
  return observed
}

/** Finds the face of one frame: detection and mesh alone. */
export async function observeFrame(picture: Picture, time: number, faces: FaceAnalyser): Promise<ObservedFrame> {
  const digest = createHash('sha256').update(picture.data).digest('hex')
  const face = await faces.locate(picture)
  return { time, face, digest, ...('reason' in face ? {} : { reflection: measureReflection(picture, face) }) }
}

/** The described frame that is best compared with a portrait: the most frontal of the sharp ones. */
export function bestCapture(frames: readonly ObservedFrame[]): FaceAnalysis | undefined {
  const worth = ({ quality: { values } }: FaceAnalysis) =>
    Math.min(values.yaw ?? 0, values.pitch ?? 0, values.sharpness ?? 0, values.brightness ?? 0)
  return frames
    .flatMap(({ analysis }) => (analysis ? [analysis] : []))
    .reduce<FaceAnalysis | undefined>((best, one) => (best && worth(best) >= worth(one) ? best : one), undefined)
}
