import type { Picture } from './picture.ts'
import { type PlanarFormat, type Plane, planarBuffer, planesOf } from './planar.ts'
import type { Affine } from './transform.ts'

type Planes = readonly [Plane, Plane, Plane]

/** Whoever keeps this far from the edges, in pixels, needs no look at them. */
const CLEAR = 1
/** The sum of a pixel's four weights. */
const ONE = 1 << 22

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
  const planes = planesOf(format, width * height)
  for (let y = 0; y < height; y++) {
    const [from, to] = stretchInside(picture, toSource, y, width)
    sampleAcrossEdges(picture, toSource, y, width, 0, from, planes, result)
    sampleInside(picture, toSource, y, width, from, to, planes, result)
    sampleAcrossEdges(picture, toSource, y, width, to, width, planes, result)
  }
  return result
}

/** The pixels of row `y` that lie inside the picture, clear of its edges: the first, and the first that no longer does. */
function stretchInside(
  { width: columns, height: rows }: Picture,
  [a, b, c, d, e, f]: Affine,
  y: number,
  width: number,
): readonly [number, number] {
  const [fromX, toX] = stretchWithin(a, b * y + c, columns, width)
  const [fromY, toY] = stretchWithin(d, e * y + f, rows, width)
  const from = Math.max(fromX, fromY)
  return [from, Math.max(from, Math.min(toX, toY))]
}

/** Where `slope * x + start` is clear of the edges of a side of `size` pixels, x from 0 to `width`. */
function stretchWithin(slope: number, start: number, size: number, width: number): readonly [number, number] {
  const [first, last] = [CLEAR - start, size - 2 - CLEAR - start]
  if (slope === 0) return first <= 0 && last >= 0 ? [0, width] : [width, width]
  const [from, to] = slope > 0 ? [first / slope, last / slope] : [last / slope, first / slope]
  return [clamp(Math.ceil(from), width), clamp(Math.floor(to) + 1, width)]
}

/** A map that leads nowhere (NaN) leads to no pixel inside. */
function clamp(value: number, most: number): number {
  return value > 0 ? Math.min(value, most) : 0
}

/** Positions in 1/65536 pixel, weights in 1/2048: whole numbers take four fifths of the time of floating point. */
function sampleInside(
  { data, width: columns }: Picture,
  [a, b, c, d, e, f]: Affine,
  y: number,
  width: number,
  from: number,
  to: number,
  [red, green, blue]: Planes,
  out: Float32Array,
): void {
  const stride = 3 * columns
  const [redFactor, greenFactor, blueFactor] = [red.factor / ONE, green.factor / ONE, blue.factor / ONE]
  const [redShift, greenShift, blueShift] = [red.shift, green.shift, blue.shift]
  const [stepX, stepY] = [fixed(a), fixed(d)]
  let sx = fixed(a * from + b * y + c)
  let sy = fixed(d * from + e * y + f)
  const at = y * width + from
  let r = (red.offset + at) | 0
  let g = (green.offset + at) | 0
  let l = (blue.offset + at) | 0
  for (let x = from; x < to; x++) {
    const p = (Math.imul(sy >> 16, stride) + Math.imul(sx >> 16, 3)) | 0
    const q = (p + stride) | 0
    const right = (sx >> 5) & 2047
    const below = (sy >> 5) & 2047
    const w11 = Math.imul(right, below)
    const w01 = (right << 11) - w11
    const w10 = (below << 11) - w11
    const w00 = ONE - w01 - w10 - w11
    out[r] = weighted(data, p, q, w00, w01, w10, w11) * redFactor + redShift
    out[g] = weighted(data, p + 1, q + 1, w00, w01, w10, w11) * greenFactor + greenShift
    out[l] = weighted(data, p + 2, q + 2, w00, w01, w10, w11) * blueFactor + blueShift
    sx = (sx + stepX) | 0
    sy = (sy + stepY) | 0
    r = (r + 1) | 0
    g = (g + 1) | 0
    l = (l + 1) | 0
  }
}

/** Two neighbours of one row and the two below them. */
function weighted(data: Uint8Array, p: number, q: number, w00: number, w01: number, w10: number, w11: number): number {
  const upper = Math.imul(data[p]!, w00) + Math.imul(data[p + 3]!, w01)
  return (upper + Math.imul(data[q]!, w10) + Math.imul(data[q + 3]!, w11)) | 0
}

function fixed(value: number): number {
  return Math.round(value * 65_536) | 0
}

function sampleAcrossEdges(
  picture: Picture,
  [a, b, c, d, e, f]: Affine,
  y: number,
  width: number,
  from: number,
  to: number,
  [red, green, blue]: Planes,
  out: Float32Array,
): void {
  for (let x = from; x < to; x++) {
    const sx = a * x + b * y + c
    const sy = d * x + e * y + f
    const at = y * width + x
    out[red.offset + at] = blend(picture, sx, sy, 0) * red.factor + red.shift
    out[green.offset + at] = blend(picture, sx, sy, 1) * green.factor + green.shift
    out[blue.offset + at] = blend(picture, sx, sy, 2) * blue.factor + blue.shift
  }
}

function blend(picture: Picture, x: number, y: number, channel: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (!(left >= -1 && top >= -1 && left < picture.width && top < picture.height)) return 0
  const right = x - left
  const below = y - top
  const upper = sample(picture, left, top, channel) * (1 - right) + sample(picture, left + 1, top, channel) * right
  const lower =
    sample(picture, left, top + 1, channel) * (1 - right) + sample(picture, left + 1, top + 1, channel) * right
  return upper * (1 - below) + lower * below
}

/** Black beyond the picture. */
function sample({ data, width, height }: Picture, x: number, y: number, channel: number): number {
  return x >= 0 && y >= 0 && x < width && y < height ? data[(y * width + x) * 3 + channel]! : 0
}
