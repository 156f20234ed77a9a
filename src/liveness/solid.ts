import { distance, eyeCentres, eyeDistance, MESH, meshPoint, midpoint } from '../face/index.ts'
import { type Homography, homography, type Point } from '../image/index.ts'
import type { Baseline } from './baseline.ts'
import type { Finding, SeenFrame } from './frame.ts'
import type { Relief } from './relief.ts'

/** Turns from which depth shows plainly, in degrees. */
const TURNED = 15
/**
 * Per unit of the sine of the turn that the mesh claims: rendered heads reach 1.31 to 1.84, flat pictures stay below 1,
 * bent ones reach .83 to 1.77, most of them below 1.25.
 */
const MIN_PARALLAX = 1.3
/** Likewise: rendered heads reach .20 to .25, the mean face .18, flat pictures .12, bent ones .16 to .21. */
const MIN_PROTRUSION = 0.172

/**
 * Bent pictures of some faces come near to a head in depth or in how light falls on them, seldom in both: so much of what
 * is usual in heads must come together. Rendered heads reach 1.66 to 2.7 (two in a thousand stay below 1.69), bent
 * pictures that pass all else 1.2 to 1.71.
 */
const MIN_TOGETHER = 1.68
/** What rendered heads usually reach, and how much the light's relief weighs, as a logarithm, against depth. */
const USUAL = { parallax: 1.5, protrusion: 0.21, spread: 0.5 }
const LIGHT_WEIGHT = 0.3

/**
 * Whether what turned has depth: a picture of a face that is moved, tilted or bent stays a sheet of paper. Where light fell
 * on it, its `relief` counts too.
 */
export function checkSolid(frames: readonly SeenFrame[], baseline: Baseline, relief: Relief | Finding): Finding {
  const turned = frames.filter(({ face }) => Math.abs(face.pose.yaw - baseline.yaw) >= TURNED)
  if (turned.length === 0) return 'ok'
  const from = baseline.frame.face.mesh
  const average = (of: (to: Float32Array) => number) => {
    const shares = turned.map(({ face }) => of(face.mesh) / Math.sin(((face.pose.yaw - baseline.yaw) * Math.PI) / 180))
    return shares.reduce((sum, share) => sum + share, 0) / shares.length
  }
  const moved = average((to) => parallax(from, to))
  const raised = average((to) => protrusion(to) - protrusion(from))
  if (moved < MIN_PARALLAX || raised < MIN_PROTRUSION) return 'face-flat'
  if (typeof relief === 'string') return 'ok'
  const light = LIGHT_WEIGHT * Math.log(Math.max(relief.spread, 0.01) / USUAL.spread)
  return moved / USUAL.parallax + raised / USUAL.protrusion + light >= MIN_TOGETHER ? 'ok' : 'face-flat'
}

/**
 * How far the nose stands off the line from between the eyes to below the lips, to the person's left, by the face's
 * height. Paper that is bent round an upright axis keeps that line straight however it is turned, as a flat one does.
 */
export function protrusion(mesh: Float32Array): number {
  const [top, bottom, nose] = [MESH.nasion, MESH.lowerLip, MESH.noseTip].map((index) => meshPoint(mesh, index))
  const [dx, dy] = [bottom!.x - top!.x, bottom!.y - top!.y]
  const off = ((nose!.x - top!.x) * dy - (nose!.y - top!.y) * dx) / Math.max(Math.hypot(dx, dy), 1)
  return off / Math.max(distance(top!, meshPoint(mesh, MESH.chin)), 1)
}

/**
 * How far the nose moves against the edges of the face, along the eyes and in eye distances, when the plane through eyes
 * and mouth is held fast (plane and parallax: Irani and Anandan 1996). A plane that is moved in any way maps by a
 * homography, and its parallax is 0. Positive when the nose moves to the person's left.
 */
export function parallax(from: Float32Array, to: Float32Array): number {
  const carry = plane(from, to)
  if (!carry) return 0
  const off = (index: number) => {
    const expected = project(carry, meshPoint(from, index))
    const found = meshPoint(to, index)
    return { x: found.x - expected.x, y: found.y - expected.y }
  }
  const nose = off(MESH.noseTip)
  const edges = midpoint(off(MESH.rightCheekEdge), off(MESH.leftCheekEdge))
  const [right, left] = eyeCentres(to)
  const width = Math.max(distance(right, left), 1)
  const along = ((nose.x - edges.x) * (left.x - right.x) + (nose.y - edges.y) * (left.y - right.y)) / width
  return along / Math.max(eyeDistance(from), 1)
}

/** The homography of the four points that lie about in one plane: outer eye corners and mouth corners. */
function plane(from: Float32Array, to: Float32Array): Homography | undefined {
  const corners = [MESH.rightEye.outer, MESH.leftEye.outer, MESH.mouthLeft, MESH.mouthRight]
  const at = (mesh: Float32Array) => corners.map((index) => meshPoint(mesh, index))
  try {
    return homography(at(from), at(to))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function project([a, b, c, d, e, f, g, h, i]: Homography, { x, y }: Point): Point {
  const w = g * x + h * y + i
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w }
}
