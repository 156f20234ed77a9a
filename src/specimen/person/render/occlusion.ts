import { clamp } from '../interpolation.ts'
import type { View } from './rasteriser.ts'

/** Radii in cm within which neighbours take away light, and their weights. */
const RADII: readonly (readonly [radius: number, weight: number])[] = [
  [1.1, 1],
  [4, 1.5],
]
const SAMPLES = 13
/** Golden angle in radians: samples on a spiral cover a disc evenly. */
const GOLDEN_ANGLE = 2.39996
/** The map is at least this many pixels of the picture apart in both directions. */
const LEAST_STEP = 2
const PICTURE_STEPS = 160
const LEAST_LIGHT = 0.12

/** How open each place is to the light around it: 0 closed to 1 open, at a fraction of the picture's resolution. */
export interface Occlusion {
  readonly step: number
  readonly width: number
  readonly height: number
  readonly openness: Float32Array
}

/** Ambient occlusion in screen space: for each place, how much of the sky above it the surfaces around it hide. */
export function ambientOcclusion(view: View): Occlusion {
  const { camera, depth, surface, normal } = view
  const step = Math.max(LEAST_STEP, Math.round(camera.width / PICTURE_STEPS))
  const width = Math.floor(camera.width / step)
  const height = Math.floor(camera.height / step)
  const openness = new Float32Array(width * height).fill(1)
  const spiralX = Float64Array.from({ length: SAMPLES }, (_, i) => spiralRadius(i) * Math.cos(i * GOLDEN_ANGLE))
  const spiralY = Float64Array.from({ length: SAMPLES }, (_, i) => spiralRadius(i) * Math.sin(i * GOLDEN_ANGLE))
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = column * step + (step >> 1)
      const y = row * step + (step >> 1)
      const pixel = y * camera.width + x
      if (surface[pixel] === 255) continue
      const z = depth[pixel]!
      const scale = z / camera.focal
      // A pattern of turns from place to place: the blur below averages the samples of neighbours.
      const turn = ((column * 7 + row * 13) % 16) * 0.39
      const cosine = Math.cos(turn)
      const sine = Math.sin(turn)
      let hidden = 0
      for (const [radius, weight] of RADII) {
        const reach = (radius * camera.focal) / z
        let sum = 0
        for (let i = 0; i < SAMPLES; i++) {
          const tx = Math.round(x + reach * (spiralX[i]! * cosine - spiralY[i]! * sine))
          const ty = Math.round(y + reach * (spiralX[i]! * sine + spiralY[i]! * cosine))
          if (tx < 0 || ty < 0 || tx >= camera.width || ty >= camera.height) continue
          const other = ty * camera.width + tx
          if (surface[other] === 255) continue
          const otherScale = depth[other]! / camera.focal
          const dx = (tx + 0.5 - camera.width / 2) * otherScale - (x + 0.5 - camera.width / 2) * scale
          const dy = (camera.height / 2 - ty - 0.5) * otherScale - (camera.height / 2 - y - 0.5) * scale
          const dz = z - depth[other]!
          const square = dx * dx + dy * dy + dz * dz
          const along = dx * normal[3 * pixel]! + dy * normal[3 * pixel + 1]! + dz * normal[3 * pixel + 2]!
          const rise = along / (Math.sqrt(square) + 1e-4) - 0.12
          if (rise > 0) sum += rise * Math.max(0, 1 - square / (radius * radius * 2.2))
        }
        hidden += (sum / SAMPLES) * weight
      }
      openness[row * width + column] = clamp(1 - 1.25 * hidden, LEAST_LIGHT, 1)
    }
  }
  return { step, width, height, openness: blurred(openness, width, height) }
}

function spiralRadius(i: number): number {
  return Math.sqrt((i + 0.7) / SAMPLES)
}

/** Mean of each 3 x 3 neighbourhood. */
function blurred(values: Float32Array, width: number, height: number): Float32Array {
  const means = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let j = -1; j <= 1; j++) {
        for (let i = -1; i <= 1; i++) sum += values[clamp(y + j, 0, height - 1) * width + clamp(x + i, 0, width - 1)]!
      }
      means[y * width + x] = sum / 9
    }
  }
  return means
}

/** Openness at a pixel of the picture, interpolated. */
export function opennessAt({ step, width, height, openness }: Occlusion, x: number, y: number): number {
  const column = clamp(x / step - 0.5, 0, width - 1.001)
  const row = clamp(y / step - 0.5, 0, height - 1.001)
  const left = Math.floor(column)
  const top = Math.floor(row)
  const i = top * width + left
  const upper = openness[i]! + (openness[i + 1]! - openness[i]!) * (column - left)
  const lower = openness[i + width]! + (openness[i + width + 1]! - openness[i + width]!) * (column - left)
  return upper + (lower - upper) * (row - top)
}
