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
  /** As `frontByBack` gives it. */
  readonly frontByBack: number
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
    frontByBack: middle(({ face }) => frontByBack(face.mesh)),
    frame: frame!,
  }
}

/** Widths at the front of a face, and those some centimetres behind them: nose and face, mouth and jaw, cheeks. */
const WIDTHS = [
  [MESH.noseWings, [MESH.rightCheekEdge, MESH.leftCheekEdge]],
  [[MESH.mouthRight, MESH.mouthLeft], MESH.jaws],
  [[MESH.rightCheek, MESH.leftCheek], MESH.jawAngles],
] as const

/** How wide the front of the face is by its back: it grows as a solid head comes closer. */
export function frontByBack(mesh: Float32Array): number {
  const width = ([a, b]: readonly [number, number]) => distance(meshPoint(mesh, a), meshPoint(mesh, b))
  const product = WIDTHS.reduce((all, [front, back]) => (all * width(front)) / Math.max(width(back), 1), 1)
  return Math.cbrt(product)
}
