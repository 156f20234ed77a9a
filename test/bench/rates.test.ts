import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attackRates,
  type ComparisonTrials,
  describeProportion,
  detCurve,
  drawDetCurves,
  equalErrorRate,
  errorRatesAt,
  exactProportion,
  falseRejectAt,
  ruleOfThree,
  thresholdAt,
  wilsonProportion,
} from '../../bench/rates/index.ts'

describe('bounds of a proportion', () => {
  // Newcombe (1998), Statistics in Medicine 17:857, table I, methods 3 and 5.
  it.each([
    [81, 263, [0.2553, 0.3662], [0.2527, 0.3676]],
    [15, 148, [0.0624, 0.1605], [0.0578, 0.1617]],
    [0, 20, [0, 0.1611], [0, 0.1684]],
    [1, 29, [0.0061, 0.1718], [0.0009, 0.1776]],
  ])('%i of %i agree with the published ones', (count, trials, wilson, exact) => {
    const bounds = [wilsonProportion, exactProportion].map((bound) => bound(count, trials))
    for (const [i, expected] of [wilson, exact].entries()) {
      expect(bounds[i]!.lower).toBeCloseTo(expected[0]!, 4)
      expect(bounds[i]!.upper).toBeCloseTo(expected[1]!, 4)
    }
  })

  it('hold for millions of trials as for none', () => {
    expect(exactProportion(0, 3_000_000).upper).toBeCloseTo(1 - 0.025 ** (1 / 3_000_000), 9)
    expect(exactProportion(1_500_000, 3_000_000).upper).toBeCloseTo(0.5 + 1.96 * Math.sqrt(0.25 / 3e6), 5)
    expect(exactProportion(0, 0)).toMatchObject({ lower: 0, upper: 1 })
    expect(exactProportion(7, 7).upper).toBe(1)
    expect(ruleOfThree(3000)).toBe(0.001)
  })

  it('mirror when what is counted is exchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const count = Math.floor(share * trials)
        const [one, other] = [exactProportion(count, trials), exactProportion(trials - count, trials)]
        expect(one.lower).toBeCloseTo(1 - other.upper, 9)
        expect(one.lower).toBeLessThanOrEqual(one.rate)
        expect(one.upper).toBeGreaterThanOrEqual(one.rate)
      }),
    )
  })

  it('are written with the counts they come from', () => {
    expect(describeProportion(exactProportion(5, 500))).toBe('1 % (0.33 to 2.3, 5 of 500)')
    expect(describeProportion(exactProportion(0, 1_000_000))).toBe('0 % (0 to 0.00037, 0 of 1000000)')
    expect(describeProportion(exactProportion(0, 0))).toBe('– (0 trials)')
  })
})

/** Ten genuine and ten impostor comparisons; one of each failed to be acquired. */
const TRIALS: ComparisonTrials = {
  genuine: [undefined, 0.35, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
  impostor: [undefined, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.62],
}

describe('comparison error rates', () => {
  it('count failures in the generalised rates alone', () => {
    const rates = errorRatesAt(0.5, TRIALS)
    expect(rates.falseMatch).toMatchObject({ count: 1, trials: 9 })
    expect(rates.falseNonMatch).toMatchObject({ count: 1, trials: 9 })
    expect(rates.failures).toMatchObject({ count: 2, trials: 20 })
    expect(rates.generalisedFalseAccept).toMatchObject({ count: 1, trials: 10 })
    expect(rates.generalisedFalseReject).toMatchObject({ count: 2, trials: 10 })
  })

  it('meet at the equal error rate', () => {
    expect(equalErrorRate(TRIALS)).toBeCloseTo(0.2)
    expect(equalErrorRate({ genuine: [1, 2], impostor: [0, 0.5] })).toBe(0)
  })

  it('take the lowest threshold that keeps to the rate asked for', () => {
    expect(errorRatesAt(thresholdAt(0.1, TRIALS), TRIALS).falseMatch.count).toBe(1)
    expect(thresholdAt(0.1, TRIALS)).toBeCloseTo(0.4)
    expect(falseRejectAt(0.1, TRIALS)).toMatchObject({ count: 2 })
    expect(falseRejectAt(0, TRIALS)).toMatchObject({ count: 3 })
  })

  it('never let more through than asked, and trade one error for the other', () => {
    const scores = fc.array(fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }), {
      minLength: 1,
      maxLength: 50,
    })
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0, max: 1, noNaN: true }), (genuine, impostor, rate) => {
        const trials = { genuine, impostor }
        const { generalisedFalseAccept } = errorRatesAt(thresholdAt(rate, trials), trials)
        expect(generalisedFalseAccept.rate).toBeLessThanOrEqual(rate)
        const curve = detCurve(trials)
        for (const [i, point] of curve.entries()) {
          const next = curve[i + 1] ?? point
          expect(next.falseAccept).toBeLessThanOrEqual(point.falseAccept)
          expect(next.falseReject).toBeGreaterThanOrEqual(point.falseReject)
        }
      }),
    )
  })
})

describe('the DET diagram', () => {
  it('is well-formed, names every curve and stays inside its frame', () => {
    const svg = drawDetCurves('Faces <LFW>', [
      { name: 'default & mirrored', points: detCurve(TRIALS) },
      { name: 'none', points: [] },
    ])
    expect(svg).toContain('Faces &lt;LFW>')
    expect(svg).toContain('default &amp; mirrored')
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    const [, path] = /<path d="M([^"]+)" fill="none" stroke="#0072b2"/.exec(svg)!
    for (const place of path!.split('L')) {
      const [x, y] = place.split(' ').map(Number)
      expect(x).toBeGreaterThanOrEqual(84)
      expect(y).toBeLessThanOrEqual(560)
    }
  })
})

describe('presentation attack error rates', () => {
  it('are told apart by kind of attack, the worst named', () => {
    const many = (n: number, attack: string | undefined, decision: 'accepted' | 'refused' | 'no-response') =>
      Array.from({ length: n }, () => ({ attack, decision }))
    const rates = attackRates([
      ...many(2, 'print', 'accepted'),
      ...many(8, 'print', 'refused'),
      ...many(5, 'replay', 'no-response'),
      ...many(3, undefined, 'refused'),
      ...many(1, undefined, 'no-response'),
      ...many(96, undefined, 'accepted'),
    ])
    expect(rates.attackAcceptance.print).toMatchObject({ count: 2, trials: 10 })
    expect(rates.attackAcceptance.replay).toMatchObject({ count: 0, trials: 5 })
    expect(rates.worst).toBe(rates.attackAcceptance.print)
    expect(rates.bonaFideRefusal).toMatchObject({ count: 3, trials: 100 })
    expect(rates.bonaFideNonResponse).toMatchObject({ count: 1, trials: 100 })
    expect(attackRates([]).worst).toBeUndefined()
  })
})
