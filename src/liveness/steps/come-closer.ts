import { eyeDistance } from '../../face/index.ts'
import { frontByBack } from '../baseline.ts'
import { median, type SeenFrame } from '../frame.ts'
import type { StepJudge } from './attempt.ts'

/** The eyes must come this many times farther apart in the picture. */
const CLOSER = 1.25
/**
 * And the front of the face grow this much more than what lies behind it. Rendered heads that come from 44 to 30 cm reach
 * 1.007 to 1.048 (median of 3 frames), a few less; flat pictures .976 to 1.011.
 */
const PERSPECTIVE = 1.004
/** The mesh's noise is as large as the effect, so that this many frames, the closest ones, are asked together. */
const CLOSEST = 5

/** The head comes closer, and its proportions change as a solid head's must. */
export const judgeComeCloser: StepJudge = ({ during, baseline }) => {
  const apart = ({ face }: SeenFrame) => eyeDistance(face.mesh) / Math.max(baseline.eyeDistance, 1)
  const close = during.filter((frame) => apart(frame) >= CLOSER).toSorted((a, b) => apart(b) - apart(a))
  if (close.length === 0) return 'come-closer-not-seen'
  const proportion = median(close.slice(0, CLOSEST).map(({ face }) => frontByBack(face.mesh)))
  return proportion >= PERSPECTIVE * baseline.frontByBack ? 'ok' : 'perspective-flat'
}
