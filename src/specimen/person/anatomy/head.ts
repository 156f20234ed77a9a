import { lerp, smoothstep } from '../interpolation.ts'
import type { Person } from '../person.ts'
import { FACE_TEXTURE, FACE_TRIANGLES, FACE_VERTICES } from './face-mesh.ts'
import { OVAL } from './landmarks.ts'
import { loopSubdivision, subdivide } from './subdivision.ts'

/** Rings of vertices between the outline of the face and the back of the head, and vertices in each. */
const RINGS = 9
const RING = OVAL.length
const BACK = FACE_VERTICES + RING * RINGS
const VERTICES = BACK + 1

/** The ellipsoid onto which the head continues behind the face: centre and radii in cm. */
export interface Skull {
  readonly centre: readonly [number, number, number]
  readonly radii: readonly [number, number, number]
  /** For each vertex of the outline: its direction around the axis of depth, angle from that axis, relative radius. */
  readonly outline: readonly {
    readonly cosine: number
    readonly sine: number
    readonly angle: number
    readonly radius: number
  }[]
}

/** Fits the skull to a face at rest. */
export function skullBehind(face: Float64Array, { width, height }: Person['skull']): Skull {
  const centre = [0, 5 + 0.3 * height, -8.1] as const
  const radii = [7.65 + width, 9.6 + height, 9.6] as const
  const outline = OVAL.map((vertex) => {
    const x = (face[3 * vertex]! - centre[0]) / radii[0]
    const y = (face[3 * vertex + 1]! - centre[1]) / radii[1]
    const z = (face[3 * vertex + 2]! - centre[2]) / radii[2]
    const off = Math.hypot(x, y)
    return { cosine: x / off, sine: y / off, angle: Math.atan2(off, z), radius: Math.hypot(off, z) }
  })
  return { centre, radii, outline }
}

/** A point behind vertex `index` of the outline: `back` 0 on the outline, 1 at the back of the head. */
function behind({ centre, radii, outline }: Skull, index: number, back: number): [number, number, number] {
  const start = outline[index % RING]!
  const angle = lerp(start.angle, Math.PI, back)
  const low = smoothstep(0.1, -0.6, start.sine)
  const blend = lerp(smoothstep(0, 0.35, back), smoothstep(0, 0.3, back), low)
  const radius = lerp(start.radius, 1, blend)
  const across = radius * Math.sin(angle)
  return [
    centre[0] + radii[0] * start.cosine * across,
    centre[1] + radii[1] * start.sine * across,
    centre[2] + radii[2] * radius * Math.cos(angle),
  ]
}

/** Triangles of the head before subdivision: the face, then bands from its outline to the back. */
function headTriangles(): (readonly [number, number, number])[] {
  const bands: [number, number, number][] = []
  const at = (ring: number, i: number) =>
    ring === 0 ? OVAL[i % RING]! : FACE_VERTICES + (ring - 1) * RING + (i % RING)
  for (let ring = 0; ring < RINGS; ring++) {
    for (let i = 0; i < RING; i++) {
      bands.push(
        [at(ring, i), at(ring + 1, i), at(ring + 1, i + 1)],
        [at(ring, i), at(ring + 1, i + 1), at(ring, i + 1)],
      )
    }
  }
  for (let i = 0; i < RING; i++) bands.push([at(RINGS, i), BACK, at(RINGS, i + 1)])
  const runsAlong = FACE_TRIANGLES.some((t) => t.some((v, k) => v === OVAL[0] && t[(k + 1) % 3] === OVAL[1]))
  if (!runsAlong) for (const band of bands) band.reverse()
  return [...FACE_TRIANGLES, ...bands]
}

const once = loopSubdivision(headTriangles(), VERTICES)
const twice = loopSubdivision(once.triangles, once.starts.length - 1)

/** Triangles of the subdivided head; the first `FACE_TRIANGLE_NUMBERS` numbers are those of the face. */
export const HEAD_TRIANGLES = Int32Array.from(twice.triangles.flat())
export const FACE_TRIANGLE_NUMBERS = FACE_TRIANGLES.length * 16 * 3
/** Texture coordinates of the subdivided head's vertices. Only those of the face are used. */
export const HEAD_TEXTURE = subdivide(twice, subdivide(once, headTexture(), 2), 2)

function headTexture(): Float32Array {
  const texture = new Float32Array(2 * VERTICES)
  texture.set(FACE_TEXTURE)
  for (let ring = 1; ring <= RINGS; ring++) {
    for (let i = 0; i < RING; i++) {
      const vertex = FACE_VERTICES + (ring - 1) * RING + i
      const spread = 1 + ring * 0.5
      texture[2 * vertex] = 0.5 + (FACE_TEXTURE[2 * OVAL[i]!]! - 0.5) * spread
      texture[2 * vertex + 1] = 0.53 + (FACE_TEXTURE[2 * OVAL[i]! + 1]! - 0.53) * spread
    }
  }
  texture[2 * BACK] = 0.5
  texture[2 * BACK + 1] = -6
  return texture
}

/** Vertices of the subdivided head (about 12 000 x 3, cm) with the given face on the given skull. */
export function headPositions(face: Float64Array, skull: Skull): Float32Array {
  const vertices = new Float32Array(3 * VERTICES)
  vertices.set(face)
  for (let ring = 1; ring <= RINGS; ring++) {
    for (let i = 0; i < RING; i++) {
      vertices.set(behind(skull, i, ring / (RINGS + 1)), 3 * (FACE_VERTICES + (ring - 1) * RING + i))
    }
  }
  vertices.set(behind(skull, 0, 1), 3 * BACK)
  return subdivide(twice, subdivide(once, vertices, 3), 3)
}
