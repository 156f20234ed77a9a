import type { Challenge } from './challenge.ts'
import { isSeen, type ObservedFrame } from './frame.ts'

/**
 * The frames to describe: the most frontal one of every step, so that a face that is swapped at any step is seen, and
 * the last. Indexes into `frames`, ascending.
 */
export function chooseKeyFrames({ steps }: Challenge, frames: readonly ObservedFrame[]): readonly number[] {
  const chosen = new Set<number>()
  for (const [i, { at }] of steps.entries()) {
    const until = steps[i + 1]?.at ?? Number.POSITIVE_INFINITY
    const best = mostFrontal(frames, (frame) => frame.time >= at && frame.time < until)
    if (best !== undefined) chosen.add(best)
  }
  const last = frames.findLastIndex(isSeen)
  if (last >= 0) chosen.add(last)
  return [...chosen].toSorted((a, b) => a - b)
}

function mostFrontal(frames: readonly ObservedFrame[], belongs: (frame: ObservedFrame) => boolean): number | undefined {
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [i, frame] of frames.entries()) {
    if (!belongs(frame) || !isSeen(frame)) continue
    const { yaw, pitch } = frame.face.pose
    const off = Math.hypot(yaw, pitch)
    if (off < least) [best, least] = [i, off]
  }
  return best
}
