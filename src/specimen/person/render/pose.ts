import type { Surface } from '../anatomy/mesh.ts'
import { lerp, smoothstep } from '../interpolation.ts'

/** Head pose in degrees, as `Pose` of src/face: yaw positive to the person's own left, pitch up, roll to their own left shoulder. */
export interface HeadPose {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
}

/** Where the head stands before the camera, in cm: aside, up, and how far away. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly distance: number
}

/** The point about which a head turns, in its own frame, cm. */
const PIVOT = [0, -3, -8] as const
/** How much of the head's turn, nod and tilt the shoulders follow. */
const BODY_SHARE = { yaw: 0.12, pitch: 0.1, roll: 0.1 } as const
/** Heights against the chin between which the neck passes from the body's pose to the head's, cm. */
const NECK_LOW = -6
const NECK_HIGH = 4

type Rotation = readonly number[]

/** Rotation matrix, rows first: yaw, then pitch, then roll. */
function rotation({ yaw, pitch, roll }: HeadPose): Rotation {
  const radians = Math.PI / 180
  const [cy, sy] = [Math.cos(yaw * radians), Math.sin(yaw * radians)]
  const [cp, sp] = [Math.cos(-pitch * radians), Math.sin(-pitch * radians)]
  const [cr, sr] = [Math.cos(-roll * radians), Math.sin(-roll * radians)]
  const nodded = [cy, 0, sy, sp * sy, cp, -sp * cy, -cp * sy, sp, cp * cy]
  const [a, b, c, d, e, f] = nodded as [number, number, number, number, number, number]
  return [
    cr * a - sr * d,
    cr * b - sr * e,
    cr * c - sr * f,
    sr * a + cr * d,
    sr * b + cr * e,
    sr * c + cr * f,
    ...nodded.slice(6),
  ]
}

/** A surface in the camera's frame: cm, x to the right, y up, the camera at 0 looking along -z. */
export interface PlacedSurface extends Surface {
  readonly positions: Float32Array
  readonly normals: Float32Array
}

/** Turns a surface with head and body and puts it before the camera. @param chin the chin's height in the head's frame, cm */
export function placeSurface(surface: Surface, pose: HeadPose, place: Place, chin: number): PlacedSurface {
  const head = rotation(pose)
  const body = rotation({
    yaw: pose.yaw * BODY_SHARE.yaw,
    pitch: pose.pitch * BODY_SHARE.pitch,
    roll: pose.roll * BODY_SHARE.roll,
  })
  const { positions, normals } = surface.mesh
  const placed = new Float32Array(positions.length)
  const turned = new Float32Array(normals.length)
  const mixed = new Float64Array(9)
  const shift = [PIVOT[0] + place.x, PIVOT[1] + place.y, PIVOT[2] - place.distance]
  for (let i = 0; i < positions.length; i += 3) {
    const follows = surface.carrier === 'head' ? 1 : smoothstep(chin + NECK_LOW, chin + NECK_HIGH, positions[i + 1]!)
    if (i === 0 || surface.carrier === 'body') for (let k = 0; k < 9; k++) mixed[k] = lerp(body[k]!, head[k]!, follows)
    const x = positions[i]! - PIVOT[0]
    const y = positions[i + 1]! - PIVOT[1]
    const z = positions[i + 2]! - PIVOT[2]
    const nx = normals[i]!
    const ny = normals[i + 1]!
    const nz = normals[i + 2]!
    for (let k = 0; k < 3; k++) {
      const [a, b, c] = [mixed[3 * k]!, mixed[3 * k + 1]!, mixed[3 * k + 2]!]
      placed[i + k] = a * x + b * y + c * z + shift[k]!
      turned[i + k] = a * nx + b * ny + c * nz
    }
  }
  return { ...surface, positions: placed, normals: turned }
}
