import { describe, expect, it } from 'vitest'
import { fitLines, fitSeen, middleAt } from '../../../src/mrz/network/fit-lines.ts'
import { locateZones } from '../../../src/mrz/network/locate-zone.ts'
import { emptyGrid, sampleGrey } from '../../../src/mrz/network/sample-grey.ts'
import { toPicture } from '../../../src/mrz/network/view.ts'
import type { Model } from '../../../src/onnx/index.ts'

interface Stroke {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly bend?: number
}

/** A detector that sees these lines, in pixels of its input, whatever it is shown. */
function detectorOf(strokes: readonly Stroke[], thickness = 7): Model {
  const run: Model['run'] = async (_, shape = []) => {
    const [rows, columns] = [shape[2]! / 4, shape[3]! / 4]
    const data = new Float32Array(3 * rows * columns).fill(-6, 0, rows * columns)
    for (let cell = 0; cell < rows * columns; cell++) {
      for (const stroke of strokes) {
        const share = covered(stroke, (cell % columns) * 4, Math.floor(cell / columns) * 4, thickness)
        if (share === 0) continue
        const [dx, dy] = [stroke.to[0] - stroke.from[0], stroke.to[1] - stroke.from[1]]
        data[cell] = Math.max(data[cell]!, Math.log((share + 0.002) / (1.002 - share)))
        data[rows * columns + cell] = dx / Math.hypot(dx, dy)
        data[2 * rows * columns + cell] = dy / Math.hypot(dx, dy)
      }
    }
    return { found: { data, shape: [1, 3, rows, columns] } }
  }
  return { run } as Model
}

/** The share of a cell's 16 pixels that a stroke covers. */
function covered({ from, to, bend = 0 }: Stroke, left: number, top: number, thickness: number): number {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const [c, s] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  let inside = 0
  for (let i = 0; i < 16; i++) {
    const [x, y] = [left + (i % 4) + 0.5 - from[0], top + Math.floor(i / 4) + 0.5 - from[1]]
    const along = x * c + y * s
    const sag = bend * (1 - (2 * (along / length) - 1) ** 2)
    if (along >= 0 && along <= length && Math.abs(y * c - x * s - sag) <= thickness / 2) inside++
  }
  return inside / 16
}

const picture = (width: number, height: number) => ({ width, height, data: new Uint8Array(width * height * 3) })
const FULL = { x: 300, y: 300, angle: 0, length: 300, height: 40 }

describe('locating the zone', () => {
  it.each([0, 35, 90, 180, 260])('finds two lines that read at %i degrees', async (degrees) => {
    const angle = (degrees * Math.PI) / 180
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const at = (u: number, v: number): [number, number] => [192 + u * c - v * s, 192 + u * s + v * c]
    const detector = detectorOf([
      { from: at(-130, -8), to: at(130, -8) },
      { from: at(-130, 9), to: at(130, 9) },
    ])
    const zones = await locateZones(detector, picture(768, 768), { side: 384, turn: 0 })
    expect(zones).toHaveLength(1)
    expect(zones[0]!.x).toBeGreaterThan(375)
    expect(zones[0]!.x).toBeLessThan(393)
    expect(zones[0]!.length).toBeGreaterThan(500)
    expect(zones[0]!.length).toBeLessThan(560)
    expect(Math.cos(zones[0]!.angle - angle)).toBeGreaterThan(0.999)
  })

  it('keeps zones apart that read different ways', async () => {
    const detector = detectorOf([
      { from: [40, 60], to: [340, 60] },
      { from: [340, 300], to: [60, 300] },
    ])
    expect(await locateZones(detector, picture(600, 600), { side: 384, turn: 0 })).toHaveLength(2)
  })

  it('finds nothing where there is nothing', async () => {
    expect(await locateZones(detectorOf([]), picture(600, 400), { side: 384, turn: 0 })).toEqual([])
  })
})

describe('fitting the lines', () => {
  it('needs no second look at lines that lie level across the whole picture', async () => {
    const detector = detectorOf([
      { from: [50, 240], to: [334, 240] },
      { from: [50, 262], to: [334, 262] },
    ])
    const [zone] = await locateZones(detector, picture(1152, 864), { side: 384, turn: 0 })
    const { view, lines } = fitSeen(zone!.near!)!
    // The look shows the picture at a third.
    const ends = lines.map((line) =>
      [line.start, line.end].map((u) => toPicture(view, u + 0.5, middleAt(line, u) + 0.5)),
    )
    const truth = [720, 786].map((y) => [150, y, 1002, y])
    const off = ends.flatMap(([start, end], i) =>
      [start!.x, start!.y, end!.x, end!.y].map((at, k) => at - truth[i]![k]!),
    )
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(2)
  })

  it('looks again at lines that are small or slant', async () => {
    for (const [x, y] of [
      [234, 240],
      [334, 275],
    ] as const) {
      const detector = detectorOf([{ from: [50, 240], to: [x, y] }])
      const [zone] = await locateZones(detector, picture(1152, 864), { side: 384, turn: 0 })
      expect(fitSeen(zone!.near!)).toBeUndefined()
    }
  })

  it('measures ends and heights within half a pixel', async () => {
    const detector = detectorOf([
      { from: [45.3, 52], to: [338.6, 54] },
      { from: [45.9, 71], to: [337.1, 74] },
    ])
    const { lines } = await fitLines(detector, picture(600, 600), FULL)
    expect(lines).toHaveLength(2)
    expect(Math.abs(lines[0]!.start + 0.5 - 45.3)).toBeLessThan(1)
    expect(Math.abs(lines[0]!.end + 0.5 - 338.6)).toBeLessThan(1)
    expect(Math.abs(middleAt(lines[1]!, 191.5) + 0.5 - 72.5)).toBeLessThan(0.5)
  })

  it('follows a curved line', async () => {
    const { lines } = await fitLines(detectorOf([{ from: [45, 60], to: [340, 60], bend: 5 }]), picture(600, 600), FULL)
    expect(Math.abs(middleAt(lines[0]!, 192) + 0.5 - 65)).toBeLessThan(0.6)
    expect(Math.abs(middleAt(lines[0]!, 60) + 0.5 - 61)).toBeLessThan(0.8)
  })

  it('joins the pieces of a line that glare has broken, and drops a short scrap beside it', async () => {
    const detector = detectorOf([
      { from: [40, 50], to: [150, 50] },
      { from: [185, 50], to: [340, 50] },
      { from: [40, 70], to: [340, 70] },
      { from: [200, 20], to: [260, 20] },
    ])
    const { lines } = await fitLines(detector, picture(600, 600), FULL)
    expect(lines.map(({ start }) => Math.round(start / 10))).toEqual([4, 4])
    expect(lines.map(({ end }) => Math.round(end / 10))).toEqual([34, 34])
  })

  it('keeps lines apart that stand so close that they run into each other', async () => {
    const detector = detectorOf(
      [
        { from: [44, 58], to: [340, 50] },
        { from: [44, 69], to: [340, 61] },
        { from: [44, 80], to: [340, 72] },
      ],
      9,
    )
    const { lines } = await fitLines(detector, picture(600, 600), FULL)
    expect(lines).toHaveLength(3)
    lines.forEach((line, i) => {
      expect(Math.abs(middleAt(line, 191.5) + 0.5 - (54 + 11 * i))).toBeLessThan(1)
    })
  })

  it('turns the view when the lines read from right to left', async () => {
    const [right, left] = [
      detectorOf([{ from: [340, 60], to: [45, 60] }]),
      detectorOf([{ from: [45, 60], to: [340, 60] }]),
    ]
    let looks = 0
    const run: Model['run'] = (...input) => (looks++ === 0 ? right : left).run(...input)
    const { view } = await fitLines({ run } as Model, picture(600, 600), FULL)
    expect(Math.cos(view.angle)).toBeCloseTo(-1, 3)
  })

  it('looks wider when a line runs out of view', async () => {
    const [cut, whole] = [
      detectorOf([{ from: [2, 60], to: [300, 60] }]),
      detectorOf([{ from: [45, 60], to: [340, 60] }]),
    ]
    let looks = 0
    const run: Model['run'] = (...input) => (looks++ === 0 ? cut : whole).run(...input)
    const { view } = await fitLines({ run } as Model, picture(600, 600), FULL)
    expect(view.scale).toBeGreaterThan((1.3 * FULL.length) / 384)
    expect(view.x).toBeLessThan(FULL.x)
  })
})

describe('sampling', () => {
  it.each([
    [1, 1],
    [2, 300],
    [300, 2],
    [40, 30],
  ])('finds nothing but grey in a grey picture of %i x %i, near or far, inside or beyond', (width, height) => {
    const grey = { width, height, data: new Uint8Array(width * height * 3).fill(130) }
    const grid = emptyGrid(20, 20)
    for (let u = 0; u < 20; u++) {
      grid.x[u] = (u - 5) * width * 0.1
      grid.y[u] = -0.5 * height
      grid.dy[u] = 0.1 * height
      grid.dx[u] = 0.7
    }
    for (const step of [1, 2.5, 40]) expect(new Set(sampleGrey(grey, grid, step))).toEqual(new Set([130]))
  })
})
