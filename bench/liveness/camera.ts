import type { Picture } from '../../src/image/index.ts'
import { Random } from '../../src/specimen/person/random.ts'

/** A hand that holds a camera: how far it strays, pixels and radians, and how fast, by four waves of different length. */
const STRAY = { shift: 2.2, turn: 0.008, nearer: 0.006 }
const WAVES = [1300, 2100, 3700, 5900]
/** Deviation of the sensor's noise, grey levels, and of the exposure from frame to frame. */
const NOISE = 2
const EXPOSURE = 0.01

/** One hand that holds one camera for the time of a recording. */
export class HandheldCamera {
  readonly #phases: readonly number[][]
  readonly #seed: number

  constructor(seed: number) {
    const random = new Random(seed)
    this.#seed = seed
    this.#phases = [0, 1, 2, 3].map(() => WAVES.map(() => 2 * Math.PI * random.unit()))
  }

  /** The picture as this camera catches it at a time, in ms; `exposure` another time gives other noise. */
  catch(scene: Picture, time: number, exposure = time): Picture {
    const random = new Random(this.#seed * 7919 + Math.round(exposure) + 1)
    const [x, y, turn, nearer] = this.#phases.map((phases) => stray(phases, time))
    const scale = 1 + STRAY.nearer * nearer!
    const [cos, sin] = [Math.cos(STRAY.turn * turn!) / scale, Math.sin(STRAY.turn * turn!) / scale]
    const gain = 1 + EXPOSURE * random.normal()
    return moved(scene, cos, sin, STRAY.shift * x!, STRAY.shift * y!, gain, random)
  }
}

function stray(phases: readonly number[], time: number): number {
  return phases.reduce((sum, phase, i) => sum + Math.sin((2 * Math.PI * time) / WAVES[i]! + phase), 0) / 2
}

/** Turned and scaled about its middle, shifted, brightened, with noise; the edge goes on for ever. */
function moved(
  { data, width, height }: Picture,
  cos: number,
  sin: number,
  dx: number,
  dy: number,
  gain: number,
  random: Random,
): Picture {
  const noise = Float32Array.from({ length: 1021 }, () => NOISE * random.normal())
  const out = new Uint8Array(data.length)
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2]
  for (let y = 0, at = 0, grain = 0; y < height; y++) {
    if (y % 8 === 0) grain = Math.floor(1021 * random.unit())
    for (let x = 0; x < width; x++) {
      const [u, v] = [x - cx - dx, y - cy - dy]
      const sx = Math.min(Math.max(cos * u + sin * v + cx, 0), width - 1.001)
      const sy = Math.min(Math.max(cos * v - sin * u + cy, 0), height - 1.001)
      const [left, top] = [Math.floor(sx), Math.floor(sy)]
      const [right, below] = [sx - left, sy - top]
      const p = 3 * (top * width + left)
      const q = p + 3 * width
      for (let c = 0; c < 3; c++, at++) {
        const upper = data[p + c]! + (data[p + 3 + c]! - data[p + c]!) * right
        const lower = data[q + c]! + (data[q + 3 + c]! - data[q + c]!) * right
        grain = grain === 1020 ? 0 : grain + 1
        const value = gain * (upper + (lower - upper) * below) + noise[grain]!
        out[at] = value < 0 ? 0 : value > 255 ? 255 : Math.round(value)
      }
    }
  }
  return { width, height, data: out }
}
