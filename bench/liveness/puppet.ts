import { distance, eyeCentres, type FaceGeometry, meshPoint, midpoint } from '../../src/face/index.ts'
import type { Picture } from '../../src/image/index.ts'
import { FACE_TRIANGLES, FACE_VERTICES } from '../../src/specimen/person/anatomy/face-mesh.ts'
import { EYES, OVAL } from '../../src/specimen/person/anatomy/landmarks.ts'
import { drawTextured, type Triangle, type Vertex } from './textured-mesh.ts'

/** How the still is made to look: degrees, and how many times closer it comes. */
export interface Pulled {
  readonly yaw: number
  readonly pitch: number
  readonly closer: number
}

/** Between the eye centres of the mean head, and from the camera to it, cm. */
const EYES_CM = 6.3
const DISTANCE_CM = 44
/** The point about which the head turns lies so far behind the eyes, cm. */
const PIVOT_CM = 9
/** The pixels around the face are drawn along up to this far, by the size of the face. */
const REACH = 1.7

/**
 * Warps the pixels of a still as if its face turned: its mesh in space is turned and its texture drawn along. `lit` is the
 * same still in the light that falls on the face.
 */
export function pullStill(
  still: Picture,
  lit: Picture,
  { mesh }: FaceGeometry,
  { yaw, pitch, closer }: Pulled,
): Picture {
  const [right, left] = eyeCentres(mesh)
  const middle = midpoint(right, left)
  const pixelsPerCm = distance(right, left) / EYES_CM
  const [cy, sy] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)]
  const [cp, sp] = [Math.cos((pitch * Math.PI) / 180), Math.sin((pitch * Math.PI) / 180)]
  const eyesDepth = mesh[3 * 168 + 2]!

  const turned = (i: number): Vertex => {
    const u = mesh[3 * i]!
    const v = mesh[3 * i + 1]!
    const x = (u - middle.x) / pixelsPerCm
    const y = (v - middle.y) / pixelsPerCm
    const z = (mesh[3 * i + 2]! - eyesDepth) / pixelsPerCm - PIVOT_CM
    const [ty, tz] = [cp * y + sp * z, -sp * y + cp * z]
    const [tx, tz2] = [cy * x - sy * tz, sy * x + cy * tz]
    const depth = DISTANCE_CM / closer + tz2 + PIVOT_CM
    const scale = (pixelsPerCm * DISTANCE_CM) / Math.max(depth, 5)
    return { x: middle.x + tx * scale, y: middle.y + ty * scale, depth, u, v, light: 1 }
  }

  const vertices = Array.from({ length: FACE_VERTICES }, (_, i) => turned(i))
  const centre = meshPoint(mesh, 1)
  const ring = OVAL.map((i) => {
    const at = meshPoint(mesh, i)
    const u = centre.x + REACH * (at.x - centre.x)
    const v = centre.y + REACH * (at.y - centre.y)
    const [x, y] = [middle.x + (u - middle.x) * closer, middle.y + (v - middle.y) * closer]
    return { x, y, depth: 1000, u, v, light: 1 }
  })
  return drawTextured(enlarged(still, middle, closer), lit, lit, [...vertices, ...ring], TRIANGLES)
}

/** The whole face, its eyes included, and a belt from its oval to the ring around it. */
const TRIANGLES: readonly Triangle[] = [
  ...FACE_TRIANGLES,
  ...EYES.flatMap(({ upperLid, lowerLid }) => {
    const round = [...upperLid, ...lowerLid.toReversed()]
    return round.slice(2).map((vertex, i) => [round[0]!, round[i + 1]!, vertex] as const)
  }),
  ...OVAL.flatMap((vertex, i) => {
    const next = (i + 1) % OVAL.length
    return [
      [vertex, OVAL[next]!, FACE_VERTICES + i],
      [OVAL[next]!, FACE_VERTICES + next, FACE_VERTICES + i],
    ] as const
  }),
]

/** The whole picture as a lens would enlarge it, about a point. */
function enlarged(still: Picture, { x, y }: { x: number; y: number }, times: number): Picture {
  if (times === 1) return still
  const { width, height } = still
  const corners = [
    [0, 0],
    [width - 1, 0],
    [0, height - 1],
    [width - 1, height - 1],
  ] as const
  const vertices = corners.map(([u, v]) => ({
    x: x + (u - x) * times,
    y: y + (v - y) * times,
    depth: 1,
    u,
    v,
    light: 1,
  }))
  return drawTextured(still, still, still, vertices, [
    [0, 1, 2],
    [1, 3, 2],
  ])
}
