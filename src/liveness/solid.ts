import { distance, eyeCentres, eyeDistance, MESH, meshPoint, midpoint } from '../face/index.ts'
import { type Homography, homography, type Point } from '../image/index.ts'
import type { Baseline } from './baseline.ts'
import type { Finding, SeenFrame } from './frame.ts'

/** Turns from which depth shows plainly, in degrees. */
const TURNED = 15
/**
 * Per unit of the sine of the turn that the mesh claims: heads reach 1.36 to 1.84 (rendered persons, 10 to 30 degrees).
 * Flat prints that are tilted never seem to turn by more than 6 degrees; bent round a radius of 8 cm they reach 1.2.
 */
const MIN_PARALLAX = 1

/** Whether what turned has depth: a picture of a face that is moved, tilted or bent stays a plane. */
export function checkSolid(frames: readonly SeenFrame[], baseline: Baseline): Finding {
  const turned = frames.filter(({ face }) => Math.abs(face.pose.yaw - baseline.yaw) >= TURNED)
  if (turned.length === 0) return 'ok'
  const depths = turned.map((frame) => {
    const turn = ((frame.face.pose.yaw - baseline.yaw) * Math.PI) / 180
    return parallax(baseline.frame.face.mesh, frame.face.mesh) / Math.sin(turn)
  })
  const average = depths.reduce((sum, depth) => sum + depth, 0) / depths.length
  return average >= MIN_PARALLAX ? 'ok' : 'face-flat'
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
