import type { Point } from '../image/index.ts'

/** How many points FaceMesh gives, and how many numbers stand for each. */
export const MESH_POINTS = 468
export const MESH_VALUES = 3 * MESH_POINTS

/**
 * Points of the face mesh by their anatomical names (Kartynnik et al. 2019, arXiv:1907.06724). Right and left are the
 * person's own. Eyelids follow Soukupová and Čech 2016: outer corner, two upper, inner corner, two lower points.
 */
export const MESH = {
  foreheadTop: 10,
  foreheadMiddle: 151,
  chin: 152,
  nasion: 168,
  noseTip: 1,
  noseWings: [129, 358],
  rightCheekEdge: 234,
  leftCheekEdge: 454,
  rightCheek: 50,
  leftCheek: 280,
  jawAngles: [132, 361],
  jaws: [172, 397],
  rightEye: { outer: 33, inner: 133, lids: [33, 160, 158, 133, 153, 144] },
  leftEye: { outer: 263, inner: 362, lids: [362, 385, 387, 263, 373, 380] },
  mouthRight: 61,
  mouthLeft: 291,
  lowerLip: 17,
  upperLipInner: 13,
  lowerLipInner: 14,
} as const

/** The point of the mesh at `index`, seen from the front. */
export function meshPoint(mesh: Float32Array, index: number): Point {
  return { x: mesh[3 * index]!, y: mesh[3 * index + 1]! }
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

export function midpoint(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

/** Where the eyes are: the middle between the corners of each, the person's right one first. */
export function eyeCentres(mesh: Float32Array): readonly [Point, Point] {
  const { rightEye, leftEye } = MESH
  return [
    midpoint(meshPoint(mesh, rightEye.outer), meshPoint(mesh, rightEye.inner)),
    midpoint(meshPoint(mesh, leftEye.outer), meshPoint(mesh, leftEye.inner)),
  ]
}

/** The five points that recognition aligns faces by: right eye, left eye, nose, right and left mouth corner. */
export function fivePoints(mesh: Float32Array): readonly Point[] {
  const [right, left] = eyeCentres(mesh)
  return [right, left, meshPoint(mesh, MESH.noseTip), meshPoint(mesh, MESH.mouthRight), meshPoint(mesh, MESH.mouthLeft)]
}

/** Distance between the eye centres in pixels of the picture. */
export function eyeDistance(mesh: Float32Array): number {
  const [right, left] = eyeCentres(mesh)
  return distance(right, left)
}

/**
 * Eye aspect ratio (Soukupová and Čech 2016): the opening of the lids by the width of the eye, mean of both eyes.
 * Open eyes: .13 to .33; it falls to about half of the person's own when they close.
 */
export function eyeAspectRatio(mesh: Float32Array): number {
  const ratio = (lids: readonly number[]) => {
    const [outer, up1, up2, inner, low2, low1] = lids.map((index) => meshPoint(mesh, index))
    return (distance(up1!, low1!) + distance(up2!, low2!)) / (2 * distance(outer!, inner!))
  }
  return (ratio(MESH.rightEye.lids) + ratio(MESH.leftEye.lids)) / 2
}
