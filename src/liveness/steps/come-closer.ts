import { eyeDistance } from '../../face/index.ts'
import { eyesByFace } from '../baseline.ts'
import { median, type SeenFrame } from '../frame.ts'
import type { StepJudge } from './attempt.ts'

/** The eyes must come this many times farther apart in the picture. */
const CLOSER = 1.25
/** And grow this much more than the face's edges, which lie some 10 cm behind them: a flat picture's do not. */
const PERSPECTIVE = 1.01
/** The mesh's noise is as large as the effect, so that this many frames, the closest ones, are asked together. */
const CLOSEST = 5

/** The head comes closer, and its proportions change as a solid head's must. */
export const judgeComeCloser: StepJudge = ({ during, baseline }) => {
  const apart = ({ face }: SeenFrame) => eyeDistance(face.mesh) / Math.max(baseline.eyeDistance, 1)
  const close = during.filter((frame) => apart(frame) >= CLOSER).toSorted((a, b) => apart(b) - apart(a))
  if (close.length === 0) return 'come-closer-not-seen'
  const proportion = median(close.slice(0, CLOSEST).map(({ face }) => eyesByFace(face.mesh)))
  return proportion >= PERSPECTIVE * baseline.eyesByFace ? 'ok' : 'perspective-flat'
}
