import type { Picture } from './picture.ts'
import { type PlanarFormat, planarBuffer, planesOf } from './planar.ts'

/** A part of a picture in its pixels, edges included; may be fractional and may reach beyond the picture. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A letterboxed picture: in edge coordinates, source x = (x - left) / scale + area.left, y likewise. */
export interface Letterbox {
  readonly data: Float32Array
  readonly scale: number
  readonly left: number
  readonly top: number
}

/** At stronger reduction an evenly spread choice of `TAPS` pixels an axis stands for all: far cheaper, no visible alias. */
const STRONG = 3
const TAPS = 4

/** For each target index, the source indices and weights that average to it; beyond the source the weights are 0. */
interface Taps {
  readonly count: number
  readonly index: Int32Array
  readonly weight: Float32Array
}

/**
 * Resizes an area of the picture to `width` x `height` in three float planes: averages when it shrinks, interpolates
 * when it grows. Beyond the picture everything is black. Writes to `out` when given.
 */
export function resizeToPlanar(
  picture: Picture,
  width: number,
  height: number,
  format: PlanarFormat = {},
  area: Area = whole(picture),
  out?: Float32Array,
): Float32Array {
  const result = planarBuffer(3 * width * height, out)
  const planes = planesOf(format, width * height)
  place(picture, area, result, planes, { left: 0, top: 0, width, height }, width)
  return result
}

/**
 * Fits an area of the picture into `width` x `height` with its proportions kept, centred (or at the top left), the rest
 * black before normalisation. Writes to `out` when given.
 */
export function letterboxToPlanar(
  picture: Picture,
  width: number,
  height: number,
  format: PlanarFormat = {},
  { area = whole(picture), centred = true, out }: { area?: Area; centred?: boolean; out?: Float32Array } = {},
): Letterbox {
  const data = planarBuffer(3 * width * height, out)
  const planes = planesOf(format, width * height)
  for (const plane of planes) data.fill(plane.shift, plane.offset, plane.offset + width * height)
  const fit = Math.min(width / area.width, height / area.height)
  const inner = { width: Math.max(1, Math.round(area.width * fit)), height: Math.max(1, Math.round(area.height * fit)) }
  const left = centred ? Math.floor((width - inner.width) / 2) : 0
  const top = centred ? Math.floor((height - inner.height) / 2) : 0
  // Both sides are rounded to whole pixels; the area is widened by the same hair so that one scale holds for both.
  const exact = { ...area, width: inner.width / fit, height: inner.height / fit }
  place(picture, exact, data, planes, { left, top, ...inner }, width)
  return { data, scale: fit, left, top }
}

function whole({ width, height }: Picture): Area {
  return { left: 0, top: 0, width, height }
}

type Planes = ReturnType<typeof planesOf>

function place(picture: Picture, area: Area, data: Float32Array, planes: Planes, target: Area, stride: number): void {
  const isStrong = Math.min(area.width / target.width, area.height / target.height) > STRONG
  const method = isStrong && isInside(area, picture) ? placeSpread : placeWeighted
  method(picture, area, data, planes, target, stride)
}

/** But for the hair by which a letterbox widens its area. */
function isInside({ left, top, width, height }: Area, picture: Picture): boolean {
  return left >= 0 && top >= 0 && left + width < picture.width + 1 && top + height < picture.height + 1
}

/** The mean of `TAPS` x `TAPS` pixels for each. */
function placeSpread(
  { data: pixels, width: columns, height: rows }: Picture,
  area: Area,
  data: Float32Array,
  [red, green, blue]: Planes,
  target: Area,
  stride: number,
): void {
  const across = spreadTaps(area.left, area.width, target.width, columns, 3)
  const down = spreadTaps(area.top, area.height, target.height, rows, 3 * columns)
  const share = 1 / (TAPS * TAPS)
  const [redFactor, greenFactor, blueFactor] = [red.factor * share, green.factor * share, blue.factor * share]
  for (let y = 0; y < target.height; y++) {
    const [row0, row1, row2, row3] = down.subarray(TAPS * y, TAPS * (y + 1)) as Int32Array &
      [number, number, number, number]
    let at = (target.top + y) * stride + target.left
    for (let x = 0; x < target.width; x++, at++) {
      let r = 0
      let g = 0
      let b = 0
      for (let tap = TAPS * x; tap < TAPS * (x + 1); tap++) {
        const column = across[tap]!
        const p0 = row0 + column
        const p1 = row1 + column
        const p2 = row2 + column
        const p3 = row3 + column
        r += pixels[p0]! + pixels[p1]! + pixels[p2]! + pixels[p3]!
        g += pixels[p0 + 1]! + pixels[p1 + 1]! + pixels[p2 + 1]! + pixels[p3 + 1]!
        b += pixels[p0 + 2]! + pixels[p1 + 2]! + pixels[p2 + 2]! + pixels[p3 + 2]!
      }
      data[red.offset + at] = r * redFactor + red.shift
      data[green.offset + at] = g * greenFactor + green.shift
      data[blue.offset + at] = b * blueFactor + blue.shift
    }
  }
}

/** Where the taps of every target index lie in the data, `unit` values to a source index. */
function spreadTaps(start: number, length: number, targets: number, limit: number, unit: number): Int32Array {
  const step = length / (targets * TAPS)
  return Int32Array.from({ length: targets * TAPS }, (_, tap) => {
    const source = Math.floor(start + (tap + 0.5) * step)
    return unit * Math.min(Math.max(source, 0), limit - 1)
  })
}

function placeWeighted(
  picture: Picture,
  area: Area,
  data: Float32Array,
  [red, green, blue]: Planes,
  target: Area,
  stride: number,
): void {
  const across = tapsOf(area.left, area.width, target.width, picture.width)
  const down = tapsOf(area.top, area.height, target.height, picture.height)
  const { data: pixels, width: columns } = picture
  const { count } = across
  for (let y = 0; y < target.height; y++) {
    let at = (target.top + y) * stride + target.left
    for (let x = 0; x < target.width; x++, at++) {
      let r = 0
      let g = 0
      let b = 0
      for (let j = y * down.count; j < (y + 1) * down.count; j++) {
        const row = down.index[j]! * columns
        const share = down.weight[j]!
        for (let i = x * count; i < (x + 1) * count; i++) {
          const weight = share * across.weight[i]!
          const p = (row + across.index[i]!) * 3
          r += pixels[p]! * weight
          g += pixels[p + 1]! * weight
          b += pixels[p + 2]! * weight
        }
      }
      data[red.offset + at] = r * red.factor + red.shift
      data[green.offset + at] = g * green.factor + green.shift
      data[blue.offset + at] = b * blue.factor + blue.shift
    }
  }
}

/** `start` and `length` of the source stretch that `targets` pixels cover; the source has `limit` pixels. */
function tapsOf(start: number, length: number, targets: number, limit: number): Taps {
  const step = length / targets
  const count = step > STRONG ? TAPS : Math.ceil(step) + 1
  const index = new Int32Array(targets * count)
  const weight = new Float32Array(targets * count)
  for (let target = 0; target < targets; target++) {
    const from = start + target * step
    for (let tap = 0; tap < count; tap++) {
      const [source, share] =
        step > STRONG
          ? spreadTap(from, step, tap)
          : step > 1
            ? coveredTap(from, step, tap)
            : betweenTap(from + step / 2, tap)
      const inside = Math.min(Math.max(source, 0), limit - 1)
      index[target * count + tap] = inside
      // When interpolating, the outer half pixel continues the edge; anything farther out is black.
      const isOutside = step > 1 ? inside !== source : Math.abs(inside - source) > 1
      weight[target * count + tap] = isOutside ? 0 : share
    }
  }
  return { count, index, weight }
}

function spreadTap(from: number, step: number, tap: number): [number, number] {
  return [Math.floor(from + ((tap + 0.5) * step) / TAPS), 1 / TAPS]
}

/** The share of the stretch that lies in its `tap`-th pixel. */
function coveredTap(from: number, step: number, tap: number): [number, number] {
  const source = Math.floor(from) + tap
  const covered = Math.min(source + 1, from + step) - Math.max(source, from)
  return [source, Math.max(0, covered) / step]
}

/** The two pixel centres around a point. */
function betweenTap(centre: number, tap: number): [number, number] {
  const left = Math.floor(centre - 0.5)
  const right = centre - 0.5 - left
  return [left + tap, tap === 0 ? 1 - right : right]
}
