import { distance, eyeAspectRatio, eyeDistance, MESH, meshPoint } from '../face/index.ts'
import { median, type SeenFrame } from './frame.ts'

/** How this person looks when doing nothing: what every step is measured against. */
export interface Baseline {
  /** Degrees. */
  readonly yaw: number
  readonly pitch: number
  /** Of the eyes' opening by their width. */
  readonly eyeAspectRatio: number
  /** Pixels. */
  readonly eyeDistance: number
  /** Eye distance by the width of the face. */
  readonly eyesByFace: number
  /** A frame that shows it. */
  readonly frame: SeenFrame
}

/** From the frames before anything was asked but to look ahead; of none, undefined. */
export function baselineOf(frames: readonly SeenFrame[]): Baseline | undefined {
  if (frames.length === 0) return undefined
  const middle = (of: (frame: SeenFrame) => number) => median(frames.map(of))
  const yaw = middle(({ face }) => face.pose.yaw)
  const [frame] = frames.toSorted((a, b) => Math.abs(a.face.pose.yaw - yaw) - Math.abs(b.face.pose.yaw - yaw))
  return {
    yaw,
    pitch: middle(({ face }) => face.pose.pitch),
    eyeAspectRatio: middle(({ face }) => eyeAspectRatio(face.mesh)),
    eyeDistance: middle(({ face }) => eyeDistance(face.mesh)),
    eyesByFace: middle(({ face }) => eyesByFace(face.mesh)),
    frame: frame!,
  }
}

/** Eye distance by the width of the face between the ears. */
export function eyesByFace(mesh: Float32Array): number {
  const width = distance(meshPoint(mesh, MESH.rightCheekEdge), meshPoint(mesh, MESH.leftCheekEdge))
  return eyeDistance(mesh) / Math.max(width, 1)
}
