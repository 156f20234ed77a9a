import type { Challenge } from './challenge.ts'
import { isSeen, type ObservedFrame, type SeenFrame } from './frame.ts'

/**
 * The frames to describe, one for every step: the most frontal where the person is to look ahead, else the one in which
 * the head is turned farthest, so that a face that is exchanged for any pose is seen. Indexes into `frames`, ascending.
 */
export function chooseKeyFrames({ steps }: Challenge, frames: readonly ObservedFrame[]): readonly number[] {
  const chosen = new Set<number>()
  for (const [i, { kind, at }] of steps.entries()) {
    const until = steps[i + 1]?.at ?? Number.POSITIVE_INFINITY
    const worth = (frame: SeenFrame) => (kind === 'look-ahead' ? -turnedAway(frame) : turnedAway(frame))
    const best = bestOf(frames, (frame) => frame.time >= at && frame.time < until, worth)
    if (best !== undefined) chosen.add(best)
  }
  return [...chosen].toSorted((a, b) => a - b)
}

/** Degrees by which the head is turned out of the camera's axis. */
function turnedAway({ face: { pose } }: SeenFrame): number {
  return Math.hypot(pose.yaw, pose.pitch)
}

function bestOf(
  frames: readonly ObservedFrame[],
  belongs: (frame: ObservedFrame) => boolean,
  worth: (frame: SeenFrame) => number,
): number | undefined {
  let best: number | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const [i, frame] of frames.entries()) {
    if (!belongs(frame) || !isSeen(frame) || worth(frame) <= most) continue
    best = i
    most = worth(frame)
  }
  return best
}
