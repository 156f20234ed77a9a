import type { Picture } from '../../src/image/index.ts'
import { Random } from '../../src/specimen/person/random.ts'

/** What a picture is shown on: edges around it as shares of its width, their colour, and how bright it is itself. */
export interface Carrier {
  readonly name: string
  readonly margin: number
  readonly colour: readonly [number, number, number]
  readonly gain: number
}

/** Presentation attack instrument species (ISO/IEC 30107-3) that can be simulated from pictures alone. */
export const CARRIERS: readonly Carrier[] = [
  { name: 'print cut at its edge', margin: 0, colour: [0, 0, 0], gain: 0.9 },
  { name: 'print on white paper', margin: 0.12, colour: [228, 226, 220], gain: 0.9 },
  { name: 'telephone or tablet', margin: 0.06, colour: [16, 16, 18], gain: 1.15 },
]

/** Deviation of the sensor's noise in grey levels. */
const NOISE = 3
/** The picture's height against that of the scene. */
const SIZE = [0.5, 0.85] as const
const TILT = 0.15
/** Strength of the perspective when the picture leans to or fro, and how far it strays from the middle. */
const LEAN = 0.25
const STRAY = 0.06

/** A picture held before a camera in a scene: turned and leaning a little, at random by `seed`. */
export function present(shown: Picture, carrier: Carrier, scene: Picture, seed: number): Picture {
  const random = new Random(seed)
  const height = random.between(...SIZE) * scene.height
  const scale = height / shown.height
  const angle = random.between(-TILT, TILT)
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale]
  const [leanX, leanY] = [random.between(-LEAN, LEAN) / height, random.between(-LEAN, LEAN) / height]
  const cx = scene.width * (0.5 + random.between(-STRAY, STRAY))
  const cy = scene.height * (0.5 + random.between(-STRAY, STRAY))
  const margin = carrier.margin * shown.width
  const data = Uint8Array.from(scene.data)
  for (let y = 0, at = 0; y < scene.height; y++) {
    for (let x = 0; x < scene.width; x++, at += 3) {
      const depth = 1 + leanX * (x - cx) + leanY * (y - cy)
      const u = (cos * (x - cx) + sin * (y - cy)) / depth + shown.width / 2
      const v = (cos * (y - cy) - sin * (x - cx)) / depth + shown.height / 2
      if (u < -margin || v < -margin || u > shown.width + margin || v > shown.height + margin) continue
      const isMargin = u < 0 || v < 0 || u >= shown.width - 1 || v >= shown.height - 1
      for (let c = 0; c < 3; c++) {
        const value = isMargin && margin > 0 ? carrier.colour[c]! : carrier.gain * sampled(shown, u, v, c)
        data[at + c] = Math.min(Math.max(Math.round(value + NOISE * random.normal()), 0), 255)
      }
    }
  }
  return { ...scene, data }
}

/** Bilinear; the outermost pixels go on for ever. */
function sampled({ data, width, height }: Picture, u: number, v: number, channel: number): number {
  const x = Math.min(Math.max(u, 0), width - 1.001)
  const y = Math.min(Math.max(v, 0), height - 1.001)
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, below] = [x - left, y - top]
  const p = 3 * (top * width + left) + channel
  const q = p + 3 * width
  return (
    (data[p]! * (1 - right) + data[p + 3]! * right) * (1 - below) +
    (data[q]! * (1 - right) + data[q + 3]! * right) * below
  )
}
