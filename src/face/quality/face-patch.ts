import { invert, type Picture, type Point, similarity, warpToGrey } from '../../image/index.ts'

/** The side of the patch that light and sharpness are measured on, in pixels. */
export const PATCH_SIDE = 96

/** The five points on the patch: eyes 32 pixels apart, so that hardly any portrait is enlarged to fill it. */
const TEMPLATE = [
  { x: 32, y: 36 },
  { x: 64, y: 36 },
  { x: 48, y: 55 },
  { x: 35, y: 73 },
  { x: 61, y: 73 },
]

/** The face alone in luma, 0 to 255, upright and always of one size, by its five points. `out` is filled and returned when given. */
export function facePatch(picture: Picture, points: readonly Point[], out?: Float32Array): Float32Array {
  return warpToGrey(picture, invert(similarity(points, TEMPLATE)), PATCH_SIDE, PATCH_SIDE, out)
}

/** The rectangle of the patch from `left`, `top` (included) to `right`, `bottom` (excluded). */
export function part(patch: Float32Array, left: number, top: number, right: number, bottom: number): Float32Array {
  const values = new Float32Array((right - left) * (bottom - top))
  for (let y = top, at = 0; y < bottom; y++, at += right - left) {
    values.set(patch.subarray(y * PATCH_SIDE + left, y * PATCH_SIDE + right), at)
  }
  return values
}
