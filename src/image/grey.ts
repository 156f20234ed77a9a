import type { Picture } from './picture.ts'
import type { Homography } from './transform.ts'

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
 * Rectifies a plane of the picture to `width` x `height` grey floats (0 to 255), bilinearly.
 * `toSource` maps the result's pixel centres to the picture's; beyond the picture the nearest edge continues.
 * Writes to `out` (height x width values) when given.
 */
export function warpToGrey(
  picture: Picture,
  toSource: Homography,
  width: number,
  height: number,
  out: Float32Array = new Float32Array(width * height),
): Float32Array {
  const { data, width: columns, height: rows } = picture
  const [a, b, c, d, e, f, g, h, i] = toSource
  const luma = (p: number) => (data[p]! * RED + data[p + 1]! * GREEN + data[p + 2]! * BLUE) / 256
  let at = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const w = g * x + h * y + i
      const sx = Math.min(Math.max((a * x + b * y + c) / w, 0), columns - 1) || 0
      const sy = Math.min(Math.max((d * x + e * y + f) / w, 0), rows - 1) || 0
      const left = Math.floor(sx)
      const top = Math.floor(sy)
      const right = sx - left
      const below = sy - top
      const p = (top * columns + left) * 3
      const next = left + 1 < columns ? 3 : 0
      const q = top + 1 < rows ? p + columns * 3 : p
      const upper = luma(p) * (1 - right) + luma(p + next) * right
      const lower = luma(q) * (1 - right) + luma(q + next) * right
      out[at] = upper * (1 - below) + lower * below
    }
  }
  return out
}
