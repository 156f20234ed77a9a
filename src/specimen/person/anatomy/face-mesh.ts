import topology from './face-topology.json' with { type: 'json' }
import { EYES } from './landmarks.ts'
import mean from './mean-face.json' with { type: 'json' }

export const FACE_VERTICES = 468
const UNITS_PER_CM = 3000
/** FaceMesh flattens depth somewhat; heads in profile look right with a little more of it. */
const DEPTH_GAIN = 1.15
/** Puts the origin behind the bridge of the nose, where the skull's ellipsoid is placed. */
const DEPTH_SHIFT_CM = -0.75

/** The mean face: 468 vertices, x y z interleaved, in cm; x to the picture's right, y up, z to the camera. */
export const MEAN_FACE: Float64Array = readMeanFace()
/** Texture coordinates of the 468 vertices, u v interleaved, 0 to 1, v down. */
export const FACE_TEXTURE: Float64Array = Float64Array.from(words(topology.texture), (v) => v / 65535)
/** Triangles of the face without the eyes' openings, three vertices each, counter-clockwise seen from outside. */
export const FACE_TRIANGLES: readonly (readonly [number, number, number])[] = readTriangles()

function words(base64: string): Uint16Array {
  const bytes = Buffer.from(base64, 'base64')
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i))
}

function readMeanFace(): Float64Array {
  const vertices = Float64Array.from(words(mean.vertices), (v) => ((v << 16) >> 16) / UNITS_PER_CM)
  for (let i = 2; i < vertices.length; i += 3) vertices[i] = vertices[i]! * DEPTH_GAIN + DEPTH_SHIFT_CM
  return vertices
}

type Triangle = [number, number, number]

function readTriangles(): Triangle[] {
  const numbers = words(topology.triangles)
  const openings = EYES.map((eye) => new Set([...eye.upperLid, ...eye.lowerLid]))
  const triangles: Triangle[] = []
  for (let i = 0; i < numbers.length; i += 3) {
    const triangle: Triangle = [numbers[i]!, numbers[i + 1]!, numbers[i + 2]!]
    if (!openings.some((opening) => triangle.every((vertex) => opening.has(vertex)))) triangles.push(triangle)
  }
  return oriented(triangles)
}

/** Turns all triangles the same way round as one on the forehead that is known to face the camera. */
function oriented(triangles: Triangle[]): Triangle[] {
  const edge = (a: number, b: number) => Math.min(a, b) * FACE_VERTICES + Math.max(a, b)
  const atEdge = new Map<number, number[]>()
  triangles.forEach((triangle, index) => {
    for (let k = 0; k < 3; k++) {
      const key = edge(triangle[k]!, triangle[(k + 1) % 3]!)
      atEdge.set(key, [...(atEdge.get(key) ?? []), index])
    }
  })
  const first = triangles.findIndex((triangle) => triangle.includes(151))
  if (facing(triangles[first]!) < 0) triangles[first]!.reverse()
  const seen = new Set([first])
  const queue = [first]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const triangle = triangles[next]!
    for (let k = 0; k < 3; k++) {
      const a = triangle[k]!
      const b = triangle[(k + 1) % 3]!
      for (const neighbour of atEdge.get(edge(a, b))!) {
        if (seen.has(neighbour)) continue
        seen.add(neighbour)
        queue.push(neighbour)
        const other = triangles[neighbour]!
        // Neighbours that turn the same way run along their common edge in opposite directions.
        if (other.some((vertex, m) => vertex === a && other[(m + 1) % 3] === b)) other.reverse()
      }
    }
  }
  return triangles
}

function facing([a, b, c]: Triangle): number {
  const x = (vertex: number) => MEAN_FACE[3 * vertex]!
  const y = (vertex: number) => MEAN_FACE[3 * vertex + 1]!
  return (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a))
}
