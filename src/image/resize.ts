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

/** At stronger reduction an evenly spread choice of this many pixels an axis stands for all: far cheaper, no visible alias. */
const MAX_TAPS = 4

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

function place(
  picture: Picture,
  area: Area,
  data: Float32Array,
  [red, green, blue]: ReturnType<typeof planesOf>,
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
  const count = step > MAX_TAPS ? MAX_TAPS : Math.ceil(step) + 1
  const index = new Int32Array(targets * count)
  const weight = new Float32Array(targets * count)
  for (let target = 0; target < targets; target++) {
    const from = start + target * step
    for (let tap = 0; tap < count; tap++) {
      const [source, share] =
        step > MAX_TAPS
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
  return [Math.floor(from + ((tap + 0.5) * step) / MAX_TAPS), 1 / MAX_TAPS]
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
