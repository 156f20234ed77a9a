import { MEAN_FACE } from '../../src/specimen/person/anatomy/face-mesh.ts'

export interface Posing {
  /** Degrees, as in `Pose`. */
  readonly yaw?: number
  readonly pitch?: number
  readonly roll?: number
  /** From the camera to the face, in cm. */
  readonly distance?: number
  /** Pixels. */
  readonly focal?: number
  /** Standard deviation of the noise on every coordinate, in pixels, and its seed. */
  readonly noise?: number
  readonly seed?: number
  /** 0 flattens the head to a picture of itself, 1 leaves it as it is. */
  readonly depth?: number
}

/** The mean face held as asked before a camera of 640 x 640 pixels: what a perfect mesh model would see. */
export function posedMesh({
  yaw = 0,
  pitch = 0,
  roll = 0,
  distance = 45,
  focal = 600,
  noise = 0,
  seed = 1,
  depth = 1,
}: Posing = {}): Float32Array {
  const [y, p, r] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]
  const random = gaussian(seed)
  const mesh = new Float32Array(MEAN_FACE.length)
  for (let i = 0; i < mesh.length; i += 3) {
    let [vx, vy, vz] = [MEAN_FACE[i]!, MEAN_FACE[i + 1]!, MEAN_FACE[i + 2]! * depth]
    ;[vx, vy] = [vx * Math.cos(r) + vy * Math.sin(r), -vx * Math.sin(r) + vy * Math.cos(r)]
    ;[vy, vz] = [vy * Math.cos(p) + vz * Math.sin(p), -vy * Math.sin(p) + vz * Math.cos(p)]
    ;[vx, vz] = [vx * Math.cos(y) + vz * Math.sin(y), -vx * Math.sin(y) + vz * Math.cos(y)]
    const scale = focal / (distance - vz)
    mesh[i] = 320 + vx * scale + noise * random()
    mesh[i + 1] = 320 - vy * scale + noise * random()
    mesh[i + 2] = -vz * (focal / distance) + noise * random()
  }
  return mesh
}

/** Box-Muller over a small linear congruential generator: the same numbers for the same seed. */
function gaussian(seed: number): () => number {
  let state = seed >>> 0
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 1) / 4294967297
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}
