import { distance, eyeDistance, MESH, meshPoint } from '../../face/index.ts'
import type { SeenFrame } from '../frame.ts'
import type { StepJudge } from './attempt.ts'

/** The eyes must come this many times farther apart in the picture. */
const CLOSER = 1.25
/** And the eyes grow this much more than the face's edges, which lie some 10 cm behind them: a flat picture's do not. */
const PERSPECTIVE = 1.01

/** The head comes closer, and its proportions change as a solid head's must. */
export const judgeComeCloser: StepJudge = ({ during, baseline }) => {
  const [closest] = during.toSorted((a, b) => eyeDistance(b.face.mesh) - eyeDistance(a.face.mesh))
  if (!closest || eyeDistance(closest.face.mesh) < CLOSER * baseline.eyeDistance) return 'come-closer-not-seen'
  return eyesByFace(closest) >= PERSPECTIVE * eyesByFace(baseline.frame) ? 'ok' : 'perspective-flat'
}

/** Eye distance by the width of the face between the ears. */
function eyesByFace({ face: { mesh } }: SeenFrame): number {
  const width = distance(meshPoint(mesh, MESH.rightCheekEdge), meshPoint(mesh, MESH.leftCheekEdge))
  return eyeDistance(mesh) / Math.max(width, 1)
}
