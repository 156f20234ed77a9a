import type { Picture } from './picture.ts'
import { type PlanarFormat, planarBuffer, planesOf } from './planar.ts'
import type { Affine } from './transform.ts'

/**
 * Samples a crop of `width` x `height` bilinearly into three float planes, straight from the picture's pixels.
 * `toSource` maps the crop's pixel centres to the picture's; beyond the picture everything is black.
 * Writes to `out` (3 x height x width values) when given. For crops that shrink more than twofold use `resizeToPlanar`.
 */
export function warpToPlanar(
  picture: Picture,
  toSource: Affine,
  width: number,
  height: number,
  format: PlanarFormat = {},
  out?: Float32Array,
): Float32Array {
  const result = planarBuffer(3 * width * height, out)
  const [red, green, blue] = planesOf(format, width * height)
  const { data, width: columns, height: rows } = picture
  const [a, b, c, d, e, f] = toSource
  const stride = columns * 3
  let at = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const sx = a * x + b * y + c
      const sy = d * x + e * y + f
      const left = Math.floor(sx)
      const top = Math.floor(sy)
      let r = 0
      let g = 0
      let bl = 0
      const right = sx - left
      const below = sy - top
      if (left >= 0 && top >= 0 && left + 1 < columns && top + 1 < rows) {
        const p = top * stride + left * 3
        const q = p + stride
        const w11 = right * below
        const w01 = right - w11
        const w10 = below - w11
        const w00 = 1 - right - w10
        r = data[p]! * w00 + data[p + 3]! * w01 + data[q]! * w10 + data[q + 3]! * w11
        g = data[p + 1]! * w00 + data[p + 4]! * w01 + data[q + 1]! * w10 + data[q + 4]! * w11
        bl = data[p + 2]! * w00 + data[p + 5]! * w01 + data[q + 2]! * w10 + data[q + 5]! * w11
      } else if (left >= -1 && top >= -1 && left < columns && top < rows) {
        const corner = (dx: number, dy: number, channel: number) =>
          left + dx < 0 || top + dy < 0 || left + dx >= columns || top + dy >= rows
            ? 0
            : data[(top + dy) * stride + (left + dx) * 3 + channel]!
        const blend = (k: number) =>
          (corner(0, 0, k) * (1 - right) + corner(1, 0, k) * right) * (1 - below) +
          (corner(0, 1, k) * (1 - right) + corner(1, 1, k) * right) * below
        r = blend(0)
        g = blend(1)
        bl = blend(2)
      }
      result[red.offset + at] = r * red.factor + red.shift
      result[green.offset + at] = g * green.factor + green.shift
      result[blue.offset + at] = bl * blue.factor + blue.shift
    }
  }
  return result
}
