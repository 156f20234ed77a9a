/** A triangle mesh: positions in cm and unit normals, x y z interleaved; texture coordinates u v; vertex numbers. */
export interface Mesh {
  readonly positions: Float32Array
  readonly normals: Float32Array
  readonly texture: Float32Array
  readonly triangles: Int32Array
}

/** What covers a surface; the shading treats each kind in its own way. */
export const Material = {
  none: 0,
  face: 1,
  skin: 2,
  eye: 3,
  hair: 4,
  cloth: 5,
  mouth: 6,
  teeth: 7,
  lash: 8,
} as const
export type Material = (typeof Material)[keyof typeof Material]

/** Decides for one point of a surface, by its texture coordinates and its place in the head's frame, whether it is there. */
export type Cutout = (u: number, v: number, x: number, y: number, z: number) => boolean

/** A mesh with what covers it and what carries it. */
export interface Surface {
  readonly mesh: Mesh
  readonly material: Material
  /** The body follows the head's turns only a little; the neck lies between. */
  readonly carrier: 'head' | 'body'
  /** Where each vertex lies for its material's pattern; left out, the mesh's own positions. */
  readonly pattern?: Float32Array
  readonly cutout?: Cutout
  readonly castsShadow: boolean
  /** How much of the light around reaches it, 0 to 1: what lies under other layers gets less. Left out, 1. */
  readonly exposure?: number
}

/** Unit normals of the vertices: the mean of the adjoining triangles' normals, weighted by their areas. */
export function vertexNormals(positions: Float32Array, triangles: Int32Array): Float32Array {
  const normals = new Float32Array(positions.length)
  for (let i = 0; i < triangles.length; i += 3) {
    const a = 3 * triangles[i]!
    const b = 3 * triangles[i + 1]!
    const c = 3 * triangles[i + 2]!
    const ux = positions[b]! - positions[a]!
    const uy = positions[b + 1]! - positions[a + 1]!
    const uz = positions[b + 2]! - positions[a + 2]!
    const vx = positions[c]! - positions[a]!
    const vy = positions[c + 1]! - positions[a + 1]!
    const vz = positions[c + 2]! - positions[a + 2]!
    const x = uy * vz - uz * vy
    const y = uz * vx - ux * vz
    const z = ux * vy - uy * vx
    for (const corner of [a, b, c]) {
      normals[corner]! += x
      normals[corner + 1]! += y
      normals[corner + 2]! += z
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i]!, normals[i + 1]!, normals[i + 2]!) || 1
    normals[i]! /= length
    normals[i + 1]! /= length
    normals[i + 2]! /= length
  }
  return normals
}

/**
 * A surface given by a function of u and v (each 0 to 1) as a grid of `columns` x `rows` cells. `closed` says that
 * u = 1 is the same line as u = 0, so that no seam shows.
 */
export function gridMesh(
  columns: number,
  rows: number,
  place: (u: number, v: number) => readonly [number, number, number],
  closed = false,
): Mesh {
  const width = columns + 1
  const positions = new Float32Array(3 * width * (rows + 1))
  const texture = new Float32Array(2 * width * (rows + 1))
  const triangles = new Int32Array(6 * columns * rows)
  for (let row = 0, vertex = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++, vertex++) {
      positions.set(place(column / columns, row / rows), 3 * vertex)
      texture[2 * vertex] = column / columns
      texture[2 * vertex + 1] = row / rows
    }
  }
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 6) {
      const a = row * width + column
      triangles.set([a, a + 1, a + width + 1, a, a + width + 1, a + width], at)
    }
  }
  const normals = vertexNormals(positions, triangles)
  if (closed) joinSeam(normals, columns, rows)
  return { positions, normals, texture, triangles }
}

function joinSeam(normals: Float32Array, columns: number, rows: number): void {
  for (let row = 0; row <= rows; row++) {
    const first = 3 * row * (columns + 1)
    const last = first + 3 * columns
    for (let k = 0; k < 3; k++) {
      const sum = (normals[first + k]! + normals[last + k]!) / 2
      normals[first + k] = sum
      normals[last + k] = sum
    }
  }
}
