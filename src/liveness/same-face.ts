import type { FaceComparison, FaceGlance } from '../face/index.ts'
import type { Finding, ObservedFrame } from './frame.ts'

/**
 * One impostor in so many may look as alike. Frames of one minute are alike: rendered persons stay at 1e-5, swapped ones
 * begin at 1.6e-4. Turned faces look less like themselves.
 */
const MAX_FALSE_MATCH_RATE = 1e-4
const MAX_FALSE_MATCH_RATE_TURNED = 0.01
/** Degrees of yaw from which a face counts as turned. */
const TURNED = 12

/** Whether the frames that were glanced at all show the person of the first of them. */
export function checkSameFace(
  frames: readonly ObservedFrame[],
  compare: (a: FaceGlance, b: FaceGlance) => FaceComparison,
): Finding {
  const [reference, ...others] = frames.flatMap(({ glance }) => (glance ? [glance] : []))
  if (!reference || others.length === 0) return 'face-not-described'
  for (const glance of others) {
    const isTurned = Math.abs(glance.geometry.pose.yaw) > TURNED
    const limit = isTurned ? MAX_FALSE_MATCH_RATE_TURNED : MAX_FALSE_MATCH_RATE
    if (compare(reference, glance).falseMatchRate > limit) return 'face-changed'
  }
  return 'ok'
}
