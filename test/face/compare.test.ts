import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareFaces, falseMatchRate } from '../../src/face/index.ts'
import type { Fusion } from '../../src/onnx/index.ts'

const FUSION: Fusion = {
  terms: [
    { model: 'one', weight: 0.75, mean: 0.8, deviation: 0.05 },
    { model: 'other', weight: 0.25, mean: 0, deviation: 0.1 },
  ],
  operatingPoints: [
    { falseMatchRate: 0.5, score: 0 },
    { falseMatchRate: 1e-2, score: 2 },
    { falseMatchRate: 1e-3, score: 2.5 },
    { falseMatchRate: 1e-5, score: 3.5 },
  ],
}

/** Two unit vectors with this cosine. */
const pair = (cosine: number) =>
  [Float32Array.of(1, 0), Float32Array.of(cosine, Math.sqrt(1 - cosine * cosine))] as const

function templates(one: number, other: number) {
  const [a1, b1] = pair(one)
  const [a2, b2] = pair(other)
  return [
    { one: a1, other: a2 },
    { one: b1, other: b2 },
  ] as const
}

const compare = (one: number, other: number) => {
  const [a, b] = templates(one, other)
  return compareFaces(a, b, FUSION)
}

describe('two faces compared', () => {
  it('is 1 for the same descriptors and 0 for the average pair of strangers', () => {
    expect(compare(1, 1).similarity).toBeCloseTo(1, 6)
    expect(compare(0.8, 0).similarity).toBeCloseTo(0, 5)
  })

  it('decides at the strictest calibrated point', () => {
    expect(compare(1, 1)).toMatchObject({ match: true, falseMatchRate: 1e-5 })
    expect(compare(0.9, 0.3).match).toBe(false)
    const { similarity, threshold, match } = compare(0.97, 0.41)
    expect(match).toBe(similarity >= threshold)
  })

  it('does not depend on which picture comes first', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (one, other) => {
          const [a, b] = templates(one, other)
          expect(compareFaces(a, b, FUSION)).toEqual(compareFaces(b, a, FUSION))
        },
      ),
    )
  })

  it('takes a threshold of its own where the calibration names one', () => {
    const [a, b] = templates(0.9, 0.3)
    expect(compareFaces(a, b, { ...FUSION, threshold: 1 }).match).toBe(true)
  })

  it('refuses templates that different models made', () => {
    const [a, b] = templates(1, 1)
    expect(() => compareFaces(a, { one: b.one }, FUSION)).toThrow(
      expect.objectContaining({ code: 'templates-incomparable' }),
    )
    const longer = { ...b, other: new Float32Array(3) }
    expect(() => compareFaces(a, longer, FUSION)).toThrow(expect.objectContaining({ code: 'templates-incomparable' }))
  })
})

describe('the false-match rate of a score', () => {
  it('never rises with the score, and stays within what was measured', () => {
    const score = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(score, score, (a, b) => {
        const [low, high] = [falseMatchRate(Math.min(a, b), FUSION), falseMatchRate(Math.max(a, b), FUSION)]
        expect(high).toBeLessThanOrEqual(low)
        expect(low).toBeLessThanOrEqual(1)
        expect(high).toBeGreaterThanOrEqual(1e-5 * (1 - 1e-9))
      }),
    )
  })

  it('is the calibrated rate at the calibrated scores', () => {
    for (const point of FUSION.operatingPoints!) {
      expect(falseMatchRate(point.score, FUSION)).toBeCloseTo(point.falseMatchRate, 9)
    }
    expect(falseMatchRate(2.25, FUSION)).toBeCloseTo(Math.sqrt(1e-5), 6)
  })
})
