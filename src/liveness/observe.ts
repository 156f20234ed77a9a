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

/**
 * Looks at every frame of a performance, and describes the face on the few that `chooseKeyFrames` picks. One decoded
 * picture is held at a time, so that a performance never fills the memory; the chosen ones are decoded again.
 * Throws what `decodePicture` throws.
 */
export async function observeFrames(
  challenge: Challenge,
  frames: readonly CapturedFrame[],
  faces: FaceAnalyser,
): Promise<readonly ObservedFrame[]> {
  const observed: ObservedFrame[] = []
  let picture: Picture | undefined
  for (const { bytes, time } of frames) {
    picture = await decodePicture(bytes)
    observed.push(await observeFrame(picture, time, faces))
  }
  for (const index of chooseKeyFrames(challenge, observed)) {
    const frame = observed[index]!
    if ('reason' in frame.face) continue
    const isStillThere = index === frames.length - 1 && picture
    const analysis = await faces.analyse(isStillThere || (await decodePicture(frames[index]!.bytes)), frame.face)
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
