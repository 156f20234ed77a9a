import type { Picture } from '../../image/index.ts'

/** Below this many picture pixels a sample, interpolation between pixels is better than an average of them. */
const AVERAGED_FROM = 1.6
/** A sample averages at most so many pixels an axis: nine instead of four read no better and take twice as long. */
const MAX_TAPS = 2

/** Points of a picture, pixel centres at whole numbers, in the order of the samples wanted. */
export interface Points {
  readonly x: Float32Array
  readonly y: Float32Array
}

/**
 * The points of a window of `width` x `height`, row by row: its middle lies at (`x`, `y`) in the picture, it is turned by
 * `angle` (radians, clockwise) and one of its pixels is `scale` of the picture's.
 */
export function windowPoints(
  { x, y, angle, scale }: { x: number; y: number; angle: number; scale: number },
  width: number,
  height: number,
): Points {
  const points = { x: new Float32Array(width * height), y: new Float32Array(width * height) }
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  for (let v = 0, at = 0; v < height; v++) {
    const dv = v - (height - 1) / 2
    for (let u = 0; u < width; u++, at++) {
      const du = u - (width - 1) / 2
      points.x[at] = x + du * c - dv * s
      points.y[at] = y + du * s + dv * c
    }
  }
  return points
}

/**
 * The picture's luma (0 to 255, ITU-R BT.601) at each point. `step` is the distance of neighbouring points in picture
 * pixels: what lies between them is averaged. Beyond the picture the nearest edge continues.
 */
export function sampleGrey(picture: Picture, { x, y }: Points, step: number): Float32Array {
  return step < AVERAGED_FROM ? interpolated(picture, x, y) : averaged(picture, x, y, step)
}

function interpolated({ data, width, height }: Picture, x: Float32Array, y: Float32Array): Float32Array {
  const out = new Float32Array(x.length)
  const stride = width * 3
  for (let i = 0; i < out.length; i++) {
    const sx = Math.max(0, Math.min(x[i]!, width - 1))
    const sy = Math.max(0, Math.min(y[i]!, height - 1))
    const left = sx | 0
    const top = sy | 0
    const p = top * stride + left * 3
    const q = top + 1 < height ? p + stride : p
    const next = left + 1 < width ? 3 : 0
    const right = sx - left
    const below = sy - top
    const a = data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29
    const b = data[p + next]! * 77 + data[p + next + 1]! * 150 + data[p + next + 2]! * 29
    const c = data[q]! * 77 + data[q + 1]! * 150 + data[q + 2]! * 29
    const d = data[q + next]! * 77 + data[q + next + 1]! * 150 + data[q + next + 2]! * 29
    out[i] = ((a + (b - a) * right) * (1 - below) + (c + (d - c) * right) * below) / 256
  }
  return out
}

/** Green alone stands for luma here: averages of it tell the same, at a third of the reads. */
function averaged({ data, width, height }: Picture, x: Float32Array, y: Float32Array, step: number): Float32Array {
  const out = new Float32Array(x.length)
  const taps = Math.min(MAX_TAPS, Math.ceil(step))
  const apart = step / taps
  const first = -apart * (taps - 1) * 0.5 + 0.5
  const share = 1 / (taps * taps)
  const right = width - 1
  const bottom = height - 1
  for (let i = 0; i < out.length; i++) {
    const fromX = x[i]! + first
    const fromY = y[i]! + first
    let sum = 0
    for (let j = 0; j < taps; j++) {
      const row = Math.max(0, Math.min((fromY + j * apart) | 0, bottom)) * width
      for (let k = 0; k < taps; k++) {
        sum += data[(row + Math.max(0, Math.min((fromX + k * apart) | 0, right))) * 3 + 1]!
      }
    }
    out[i] = sum * share
  }
  return out
}

/** Shifts and scales samples in place to mean 0 and deviation 1; `floor` is the least deviation taken for contrast. */
export function normalise(samples: Float32Array, floor: number): Float32Array {
  let sum = 0
  let squares = 0
  for (let i = 0; i < samples.length; i++) {
    sum += samples[i]!
    squares += samples[i]! * samples[i]!
  }
  const mean = sum / samples.length
  const deviation = Math.max(Math.sqrt(Math.max(squares / samples.length - mean * mean, 0)), floor)
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i]! - mean) / deviation
  return samples
}
