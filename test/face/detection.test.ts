import { describe, expect, it } from 'vitest'
import { anchorCentres, BLAZEFACE_LAYERS, decodeBlazeFace } from '../../src/face/blazeface.ts'
import { prominence } from '../../src/face/prominence.ts'
import { overlap, suppressNonMaxima } from '../../src/face/suppression.ts'
import { decodeYunet } from '../../src/face/yunet.ts'

const box = (x: number, y: number, side: number) => ({ x, y, width: side, height: side })

describe('BlazeFace at 128 pixels', () => {
  const centres = anchorCentres(128, BLAZEFACE_LAYERS)

  it('has 224 anchors: two in each of 8 x 8 cells, six in each of 4 x 4', () => {
    expect(centres.length / 2).toBe(224)
    expect([...centres.subarray(0, 6)]).toEqual([8, 8, 8, 8, 24, 8])
    expect([...centres.subarray(2 * 128, 2 * 128 + 2)]).toEqual([16, 16])
  })

  it('decodes a box and six points around the anchor that saw a face', () => {
    const scores = new Float32Array(224).fill(-9)
    const boxes = new Float32Array(224 * 16)
    const anchor = 130
    scores[anchor] = 3
    boxes.set([2, -4, 40, 44, -8, -6, 8, -6, 0, 0, 0, 8, -14, -4, 14, -4], 16 * anchor)
    const outputs = {
      boxes: { data: boxes, shape: [1, 224, 16] },
      scores: { data: scores, shape: [1, 224, 1] },
    }
    const [x, y] = [centres[2 * anchor]!, centres[2 * anchor + 1]!]
    const [face, ...others] = decodeBlazeFace(outputs, centres, 0.5)
    expect(others).toEqual([])
    expect(face!.score).toBeCloseTo(0.9526, 3)
    expect(face!.box).toEqual({ x: x + 2 - 20, y: y - 4 - 22, width: 40, height: 44 })
    expect(face!.points[0]).toEqual({ x: x - 8, y: y - 6 })
  })

  it('reports no boxes that are none', () => {
    const outputs = {
      scores: { data: new Float32Array(224).fill(Number.NaN), shape: [1, 224, 1] },
      boxes: { data: new Float32Array(224 * 16), shape: [1, 224, 16] },
    }
    expect(decodeBlazeFace(outputs, centres, 0.5)).toEqual([])
    outputs.scores.data.fill(5)
    expect(decodeBlazeFace(outputs, centres, 0.5)).toEqual([])
  })
})

describe('YuNet', () => {
  it('decodes points in cells, and squares its faces as BlazeFace would', () => {
    const level = (stride: number, width: number) => ({
      [`cls_${stride}`]: { data: new Float32Array((320 / stride) ** 2), shape: [1, (320 / stride) ** 2, 1] },
      [`obj_${stride}`]: { data: new Float32Array((320 / stride) ** 2), shape: [1, (320 / stride) ** 2, 1] },
      [`kps_${stride}`]: { data: new Float32Array((320 / stride) ** 2 * 10), shape: [1, (320 / stride) ** 2, 10] },
      width: { data: Float32Array.of(width), shape: [1] },
    })
    const outputs = { ...level(8, 320), ...level(16, 320), ...level(32, 320) }
    const cell = 4 * 10 + 5
    outputs.cls_32!.data[cell] = 0.9
    outputs.obj_32!.data[cell] = 0.9
    outputs.kps_32!.data.set([-0.5, -0.5, 0.5, -0.5, 0, 0, -0.4, 0.5, 0.4, 0.5], 10 * cell)
    const [face, ...others] = decodeYunet(outputs, 320, 0.5)
    expect(others).toEqual([])
    expect(face!.score).toBeCloseTo(0.9, 5)
    expect(face!.points[0]).toEqual({ x: 4.5 * 32, y: 3.5 * 32 })
    const { x, y, width, height } = face!.box
    expect(width).toBe(height)
    expect(x + width / 2).toBeCloseTo(5 * 32)
    expect(y).toBeLessThan(3.5 * 32)
    expect(y + height).toBeGreaterThan(4.5 * 32)
  })
})

describe('candidates', () => {
  it('overlap by the shared part of their union', () => {
    expect(overlap(box(0, 0, 10), box(0, 0, 10))).toBe(1)
    expect(overlap(box(0, 0, 10), box(20, 0, 10))).toBe(0)
    expect(overlap(box(0, 0, 10), box(5, 0, 10))).toBeCloseTo(1 / 3)
  })

  it('that overlap are one face, the best of them', () => {
    const heap = [0.6, 0.9, 0.7].map((score, i) => ({ score, box: box(i, i, 50) }))
    const apart = { score: 0.65, box: box(200, 0, 50) }
    expect(suppressNonMaxima([...heap, apart])).toEqual([heap[1], apart])
  })

  it('are the subject when they are large, inside and in the middle', () => {
    const size = { width: 150, height: 150 }
    const subject = { score: 0.9, box: box(45, 45, 60) }
    expect(prominence(subject, size)).toBeGreaterThan(prominence({ score: 0.75, box: box(-20, 0, 80) }, size))
    expect(prominence(subject, size)).toBeGreaterThan(prominence({ score: 0.9, box: box(60, 60, 30) }, size))
    expect(prominence({ score: 0.9, box: box(-90, 0, 80) }, size)).toBe(0)
  })
})
