import type { FaceComparison, FaceTemplate } from '../face/index.ts'
import type { Finding, ObservedFrame } from './frame.ts'

/** One person against others is no search: one impostor in so many may look as alike. Turned faces look less like themselves. */
const MAX_FALSE_MATCH_RATE = 1e-3
const MAX_FALSE_MATCH_RATE_TURNED = 0.02
/** Degrees of yaw from which a face counts as turned. */
const TURNED = 12

/** Whether the described frames all show the person of the first of them. */
export function checkSameFace(
  frames: readonly ObservedFrame[],
  compare: (a: FaceTemplate, b: FaceTemplate) => FaceComparison,
): Finding {
  const described = frames.flatMap(({ analysis }) => (analysis ? [analysis] : []))
  const [reference, ...others] = described
  if (!reference || others.length === 0) return 'face-not-described'
  for (const { template, geometry } of others) {
    const limit = Math.abs(geometry.pose.yaw) > TURNED ? MAX_FALSE_MATCH_RATE_TURNED : MAX_FALSE_MATCH_RATE
    if (compare(reference.template, template).falseMatchRate > limit) return 'face-changed'
  }
  return 'ok'
}
