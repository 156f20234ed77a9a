import { describe, expect, it } from 'vitest'
import {
  type Affine,
  apply,
  homography,
  invert,
  letterboxToPlanar,
  type Point,
  resizeToPlanar,
  similarity,
  toGrey,
  toPicture,
  warpToGrey,
  warpToPlanar,
} from '../../src/image/index.ts'
import { painted, ramp } from './pictures.ts'

const turned = (degrees: number, scale: number, dx: number, dy: number): Affine => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) * scale, Math.sin((degrees * Math.PI) / 180) * scale]
  return [cos, -sin, dx, sin, cos, dy]
}

describe('maps', () => {
  const points: Point[] = [
    { x: 10, y: 20 },
    { x: 90, y: 15 },
    { x: 50, y: 70 },
    { x: 33, y: 41 },
    { x: 71, y: 44 },
  ]

  it('a similarity is found again from the points it moved', () => {
    const map = turned(31, 0.7, 12, -8)
    const found = similarity(
      points,
      points.map((point) => apply(map, point)),
    )
    for (const [i, value] of map.entries()) expect(found[i]).toBeCloseTo(value, 9)
  })

  it('an inverse leads back', () => {
    const map = turned(-75, 3, 100, 40)
    for (const point of points) {
      const back = apply(invert(map), apply(map, point))
      expect(back.x).toBeCloseTo(point.x, 9)
      expect(back.y).toBeCloseTo(point.y, 9)
    }
  })

  it('degenerate points are refused', () => {
    const same = [
      { x: 1, y: 1 },
      { x: 1, y: 1 },
    ]
    expect(() => similarity(same, points.slice(0, 2))).toThrow(RangeError)
    expect(() => invert([0, 0, 1, 0, 0, 1])).toThrow(RangeError)
    const line = [0, 1, 2, 3].map((x) => ({ x, y: x }))
    expect(() => homography(line, points.slice(0, 4))).toThrow(RangeError)
  })

  it('a homography takes each of its four points to its place', () => {
    const from = [
      { x: 0, y: 0 },
      { x: 719, y: 0 },
      { x: 719, y: 31 },
      { x: 0, y: 31 },
    ]
    const to = [
      { x: 103, y: 511 },
      { x: 880, y: 560 },
      { x: 871, y: 598 },
      { x: 99, y: 540 },
    ]
    const [a, b, c, d, e, f, g, h, i] = homography(from, to)
    for (const [k, { x, y }] of from.entries()) {
      const w = g * x + h * y + i
      expect((a * x + b * y + c) / w).toBeCloseTo(to[k]!.x, 6)
      expect((d * x + e * y + f) / w).toBeCloseTo(to[k]!.y, 6)
    }
  })
})

describe('crops', () => {
  const picture = ramp(200, 150)

  it('sample the picture where the map points, to fractions of a pixel', () => {
    const map = turned(20, 1.3, 60, 30)
    const planes = warpToPlanar(picture, map, 24, 16)
    for (const [x, y] of [
      [0, 0],
      [23, 0],
      [0, 15],
      [11, 7],
    ] as const) {
      const at = apply(map, { x, y })
      expect(planes[y * 24 + x]).toBeCloseTo(at.x, 3)
      expect(planes[24 * 16 + y * 24 + x]).toBeCloseTo(at.y, 3)
      expect(planes[2 * 24 * 16 + y * 24 + x]).toBeCloseTo(50, 3)
    }
  })

  it('obey order, mean and scale', () => {
    const planes = warpToPlanar(picture, [1, 0, 100, 0, 1, 90], 1, 1, {
      order: 'bgr',
      mean: [1, 2, 3],
      scale: [1, 2, 0.5],
    })
    expect([...planes]).toEqual([49, 176, 48.5])
  })

  it('are black beyond the picture and blend at its edge', () => {
    const planes = warpToPlanar(
      painted(4, 4, () => [100, 100, 100]),
      [0.5, 0, -1, 0, 1, 0],
      12,
      1,
    )
    expect([...planes.subarray(0, 12)]).toEqual([0, 50, 100, 100, 100, 100, 100, 100, 100, 50, 0, 0])
  })

  it('use the buffer that is given, and refuse one of another length', () => {
    const out = new Float32Array(3 * 4 * 4)
    expect(warpToPlanar(picture, [1, 0, 0, 0, 1, 0], 4, 4, {}, out)).toBe(out)
    expect(() => warpToPlanar(picture, [1, 0, 0, 0, 1, 0], 5, 4, {}, out)).toThrow(RangeError)
  })

  it('survive maps that lead nowhere', () => {
    const planes = warpToPlanar(picture, [Number.NaN, 0, 0, 0, Number.POSITIVE_INFINITY, 0], 2, 2)
    expect(planes).toHaveLength(12)
  })
})

describe('resizing', () => {
  it.each([
    [50, 40],
    [100, 80],
    [37, 29],
    [200, 160],
    [311, 173],
    [9, 7],
  ])('to %i x %i keeps a ramp a ramp', (width, height) => {
    const planes = resizeToPlanar(ramp(200, 160), width, height)
    for (const [x, y] of [
      [1, 1],
      [width >> 1, height >> 1],
      [width - 2, height - 2],
    ] as const) {
      const [u, v] = [((x + 0.5) * 200) / width - 0.5, ((y + 0.5) * 160) / height - 0.5]
      expect(Math.abs(planes[y * width + x]! - u)).toBeLessThan(0.6)
      expect(Math.abs(planes[width * height + y * width + x]! - v)).toBeLessThan(0.6)
    }
  })

  it('averages a fine pattern instead of sampling it', () => {
    const stripes = painted(600, 30, (x) => (x % 2 ? [255, 255, 255] : [0, 0, 0]))
    for (const width of [300, 200, 150, 120]) {
      const plane = resizeToPlanar(stripes, width, 10).subarray(0, width * 10)
      const spread = Math.max(...plane) - Math.min(...plane)
      expect(spread).toBeLessThan(255 * (width === 200 ? 0.4 : 0.25))
    }
  })

  it('takes a part of the picture, beyond its edge too', () => {
    const planes = resizeToPlanar(ramp(100, 100), 2, 1, {}, { left: -10, top: 10, width: 20, height: 10 })
    expect(planes[0]).toBe(0)
    expect(planes[1]).toBeCloseTo(4.5, 3)
  })

  it('a letterbox keeps proportions and says where the picture lies', () => {
    const white = painted(200, 100, () => [255, 255, 255])
    const { data, scale, left, top } = letterboxToPlanar(white, 64, 64, { mean: 127.5, scale: 1 / 127.5 })
    expect({ scale, left, top }).toEqual({ scale: 0.32, left: 0, top: 16 })
    expect(data[15 * 64]).toBeCloseTo(-1, 6)
    expect(data[16 * 64]).toBeCloseTo(1, 6)
    expect(data[47 * 64 + 63]).toBeCloseTo(1, 6)
    expect(data[48 * 64]).toBeCloseTo(-1, 6)
  })

  it('a letterbox maps coordinates back', () => {
    const picture = ramp(230, 117)
    const { data, scale, left, top } = letterboxToPlanar(picture, 90, 90)
    for (const [x, y] of [
      [20, 40],
      [80, 50],
    ] as const) {
      expect(Math.abs(data[y * 90 + x]! - ((x + 0.5 - left) / scale - 0.5))).toBeLessThan(0.7)
      expect(Math.abs(data[8100 + y * 90 + x]! - ((y + 0.5 - top) / scale - 0.5))).toBeLessThan(0.7)
    }
  })
})

describe('grey', () => {
  it('weighs the channels as the eye does', () => {
    const { data } = toGrey(painted(4, 1, (x) => [x === 0 ? 255 : 0, x === 1 ? 255 : 0, x === 2 ? 255 : 0]))
    expect([...data]).toEqual([76, 149, 28, 0])
    expect([...toPicture({ width: 1, height: 1, data: Uint8Array.of(9) }).data]).toEqual([9, 9, 9])
  })

  it('samples a turned crop, and continues the nearest edge beyond the picture', () => {
    const picture = painted(200, 150, (x) => [x, x, x])
    const down = painted(200, 150, (_, y) => [y, y, y])
    const turned = [0, 2, 30.5, -3, 0, 90.25] as const
    const across = warpToGrey(picture, turned, 20, 40)
    const along = warpToGrey(down, turned, 20, 40)
    expect([across[0], across[19], across[39 * 20]]).toEqual([30.5, 30.5, 108.5])
    expect([along[0], along[19], along[39 * 20]]).toEqual([90.25, 33.25, 90.25])
    const beyond = warpToGrey(picture, [1, 0, -50, 0, 1, 149.5], 300, 3)
    expect([...new Set(beyond.subarray(0, 50))]).toHaveLength(1)
    expect([...new Set(beyond.subarray(249, 300))]).toEqual([beyond[299]])
    expect(beyond.subarray(300, 600)).toEqual(beyond.subarray(600, 900))
  })
})
