import type { FaceComparison, FaceGlance, Pose } from '../face/index.ts'
import type { Finding, ObservedFrame } from './frame.ts'

/**
 * One impostor in so many may look as alike. Frames of one minute are alike: who holds the head alike stays below 1e-5
 * in the cast and before a real camera, and of real strangers before one camera one pair in eighty goes below 3e-5.
 * Rendered persons who turn their head go up to 3.2e-3.
 */
const MAX_FALSE_MATCH_RATE = 3e-5
const MAX_FALSE_MATCH_RATE_TURNED = 5e-3
/** Degrees from which a face is held otherwise: it looks less like itself. */
const TURNED = 12

/** Whether the frames that were glanced at all show the person of the `reference`. */
export function checkSameFace(
  frames: readonly ObservedFrame[],
  reference: FaceGlance | undefined,
  compare: (a: FaceGlance, b: FaceGlance) => FaceComparison,
): Finding {
  const others = frames.flatMap(({ glance }) => (glance && glance !== reference ? [glance] : []))
  if (!reference || others.length === 0) return 'face-not-described'
  for (const glance of others) {
    const isTurned = isHeldOtherwise(glance.geometry.pose, reference.geometry.pose)
    const limit = isTurned ? MAX_FALSE_MATCH_RATE_TURNED : MAX_FALSE_MATCH_RATE
    if (compare(reference, glance).falseMatchRate > limit) return 'face-changed'
  }
  return 'ok'
}

/** Whether faces are held so differently that they are less alike for it alone. */
export function isHeldOtherwise(a: Pose, b: Pose): boolean {
  return Math.hypot(a.yaw - b.yaw, a.pitch - b.pitch) > TURNED
}
