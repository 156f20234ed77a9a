import type { Picture } from './picture.ts'
import type { Affine } from './transform.ts'

/** One channel, 0 (black) to 255 (white), rows from the top. `data.length === width * height`. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Luma after ITU-R BT.601, in 1/256. */
const RED = 77
const GREEN = 150
const BLUE = 29

export function toGrey({ width, height, data }: Picture): Grey {
  const grey = new Uint8Array(width * height)
  for (let i = 0, p = 0; i < grey.length; i++, p += 3) {
    grey[i] = (data[p]! * RED + data[p + 1]! * GREEN + data[p + 2]! * BLUE) >> 8
  }
  return { width, height, data: grey }
}

export function toPicture({ width, height, data }: Grey): Picture {
  const rgb = new Uint8Array(data.length * 3)
  for (let i = 0; i < rgb.length; i++) rgb[i] = data[(i / 3) | 0]!
  return { width, height, data: rgb }
}

/**
 * Samples a crop of `width` x `height` bilinearly as grey floats (0 to 255). `toSource` maps the crop's pixel centres to the
 * picture's; beyond the picture the nearest edge continues. Writes to `out` (height x width values) when given.
 */
export function warpToGrey(
  { data, width: columns, height: rows }: Picture,
  [a, b, c, d, e, f]: Affine,
  width: number,
  height: number,
  out: Float32Array = new Float32Array(width * height),
): Float32Array {
  const stride = 3 * columns
  const [lastX, lastY] = [columns - 1, rows - 1]
  let at = 0
  for (let y = 0; y < height; y++) {
    const startX = b * y + c
    const startY = e * y + f
    for (let x = 0; x < width; x++, at++) {
      const sx = Math.min(Math.max(a * x + startX, 0), lastX) || 0
      const sy = Math.min(Math.max(d * x + startY, 0), lastY) || 0
      const left = sx | 0
      const top = sy | 0
      const p = (Math.imul(top, stride) + 3 * left) | 0
      const q = top < lastY ? (p + stride) | 0 : p
      const next = left < lastX ? 3 : 0
      const upper = between(luma(data, p), luma(data, p + next), sx - left)
      const lower = between(luma(data, q), luma(data, q + next), sx - left)
      out[at] = between(upper, lower, sy - top)
    }
  }
  return out
}

function luma(data: Uint8Array, p: number): number {
  return (Math.imul(data[p]!, RED) + Math.imul(data[p + 1]!, GREEN) + Math.imul(data[p + 2]!, BLUE)) / 256
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share
}
