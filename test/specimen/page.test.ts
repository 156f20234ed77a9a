import { describe, expect, it } from 'vitest'
import { Canvas } from '../../src/specimen/page/canvas.ts'
import { fillContours } from '../../src/specimen/page/coverage.ts'
import { printText } from '../../src/specimen/page/typeface.ts'

const areaOf = ({ values }: { values: Float32Array }) => values.reduce((sum, value) => sum + value, 0)

describe('filling contours', () => {
  it('covers what a shape covers, fractions of pixels included', () => {
    const square = fillContours([[1.25, 2, 4.75, 2, 4.75, 5, 1.25, 5]])
    expect([square.left, square.top, square.width, square.height]).toEqual([1, 2, 4, 3])
    expect(areaOf(square)).toBeCloseTo(3.5 * 3, 4)
    expect(square.values[0]).toBeCloseTo(0.75, 4)
    const triangle = fillContours([[0, 0, 20, 0, 0, 10]])
    expect(areaOf(triangle)).toBeCloseTo(100, 1)
  })

  it('leaves holes open and overlaps covered once', () => {
    const ring = fillContours([
      [0, 0, 10, 0, 10, 10, 0, 10],
      [3, 3, 3, 7, 7, 7, 7, 3],
    ])
    expect(areaOf(ring)).toBeCloseTo(100 - 16, 4)
    const overlap = fillContours([
      [0, 0, 10, 0, 10, 10, 0, 10],
      [5, 5, 15, 5, 15, 15, 5, 15],
    ])
    expect(areaOf(overlap)).toBeCloseTo(175, 4)
  })

  it('draws nothing from nothing', () => {
    expect(fillContours([[1, 1, 2, 1]]).values).toHaveLength(0)
  })
})

describe('printing text', () => {
  it('sets OCR-B at its pitch: every character within its own cell', () => {
    const canvas = new Canvas(400, 60)
    canvas.data.fill(255)
    printText(canvas, 'P<UTO0123456789', 10, 45, { typeface: 'ocr-b', size: 32, pitch: 25, colour: [0, 0, 0] })
    const inked = (column: number) =>
      Array.from({ length: 60 }, (_, y) => canvas.data[(y * 400 + column) * 3]!).some((v) => v < 128)
    for (let cell = 0; cell < 15; cell++) {
      const columns = Array.from({ length: 25 }, (_, i) => inked(10 + 25 * cell + i))
      expect(columns).toContain(true)
      expect(columns.slice(20)).not.toContain(true)
    }
  })

  it('cuts off what reaches beyond the canvas', () => {
    const canvas = new Canvas(20, 20)
    printText(canvas, 'WIDE', -10, 30, { typeface: 'sans', size: 40, colour: [255, 255, 255] })
    expect(canvas.data).toHaveLength(20 * 20 * 3)
  })
})
