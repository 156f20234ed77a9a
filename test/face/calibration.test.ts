import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactProportion } from '../../src/check/index.ts'
import {
  type CalibrationPair,
  calibrate,
  calibratedFusion,
  compareFaces,
  type FaceCalibration,
  faceModels,
  falseMatchRate,
  readCalibration,
} from '../../src/face/index.ts'
import type { Fusion, ModelSet } from '../../src/onnx/index.ts'

const MODELS = { 'face-detection': `sha256:${'1'.repeat(64)}`, 'face-recognition': `sha256:${'2'.repeat(64)}` }
const OPTIONS = { source: 'pairs.json: a set', models: MODELS }

const FUSION: Fusion = {
  terms: [{ model: 'one', weight: 1, mean: 0.8, deviation: 0.05 }],
  operatingPoints: [{ falseMatchRate: 1e-5, score: 3.5 }],
  source: 'the shipped set',
}

const models = (identities: Record<string, string> = MODELS): ModelSet => ({
  all: () => [],
  fusion: () => FUSION,
  identities: { ...identities, 'mrz-detection': `sha256:${'3'.repeat(64)}` },
  close: async () => {},
})

/** `count` impostors from 0 up by ten-thousandths, and some genuine pairs above them. */
function pairs(count: number, subset?: string): CalibrationPair[] {
  const more = subset === undefined ? {} : { subset }
  return [
    ...Array.from({ length: count }, (_, i) => ({ same: false, similarity: i / 1e4, ...more })),
    ...[0.0042, 0.9, 0.95].map((similarity) => ({ same: true, similarity, ...more })),
  ]
}

const written = (calibration: unknown) => new TextEncoder().encode(JSON.stringify(calibration))

describe('a calibration on labelled pairs', () => {
  it('decides above every impostor by default, which the rule of three supports', () => {
    const { decision, operatingPoints, failures } = calibrate(
      [...pairs(3000), { same: true, similarity: undefined }],
      OPTIONS,
    )
    expect(decision.falseMatchRate).toBeCloseTo(1e-3, 9)
    expect(decision.similarity).toBeCloseTo(0.29995, 9)
    expect(decision.falseMatch).toMatchObject({ count: 0, trials: 3000, upper: exactProportion(0, 3000).upper })
    expect(decision.falseNonMatch).toMatchObject({ count: 1, trials: 3 })
    expect(operatingPoints.at(-1)).toEqual(decision)
    expect(failures).toMatchObject({ count: 1, trials: 3004 })
  })

  it('keeps the asked rate with 95 % confidence, not on average', () => {
    const { decision } = calibrate(pairs(3000), { ...OPTIONS, falseMatchRate: 0.01 })
    expect(decision.falseMatch.count).toBe(20)
    expect(exactProportion(20, 3000, 0.9).upper).toBeLessThanOrEqual(0.01)
    expect(exactProportion(21, 3000, 0.9).upper).toBeGreaterThan(0.01)
  })

  it('refuses a rate that the pairs cannot support, and says which they can', () => {
    const tooFew = (count: number, falseMatchRate?: number) => () =>
      calibrate(pairs(count), { ...OPTIONS, ...(falseMatchRate === undefined ? {} : { falseMatchRate }) })
    expect(tooFew(1500, 1e-3)).toThrow(
      expect.objectContaining({
        code: 'pairs-too-few',
        message: expect.stringMatching(/1500 pairs .* 0\.002 at best; 0\.001 needs 3000/),
      }),
    )
    expect(tooFew(299)).toThrow(expect.objectContaining({ code: 'pairs-too-few' }))
    expect(tooFew(0, 0.5)).toThrow(expect.objectContaining({ code: 'pairs-too-few' }))
    expect(tooFew(300)).not.toThrow()
  })

  it('says how each kind of pair fares at the decision', () => {
    const studio = Array.from({ length: 100 }, (_, i) => ({
      same: false,
      similarity: i < 10 ? 0.4 : 0.1,
      subset: 'studio',
    }))
    const { subsets } = calibrate([...pairs(2900, 'street'), ...studio], { ...OPTIONS, falseMatchRate: 0.01 })
    expect(subsets.studio).toEqual({ falseMatch: exactProportion(10, 100) })
    expect(subsets.street?.falseMatch?.count).toBeLessThan(20)
  })

  it('gives rates that fall as similarity rises, whatever the scores', () => {
    const score = fc.integer({ min: -20_000, max: 10_000 }).map((value) => value / 1e4)
    fc.assert(
      fc.property(fc.array(score, { minLength: 300, maxLength: 2000 }), (scores) => {
        const calibration = calibrate(
          scores.map((similarity) => ({ same: false, similarity })),
          OPTIONS,
        )
        expect(readCalibration(written(calibration)).calibration).toEqual(calibration)
        for (const { falseMatch, falseMatchRate: rate } of calibration.operatingPoints)
          expect(falseMatch.rate).toBeLessThanOrEqual(rate)
      }),
      { numRuns: 30 },
    )
  })
})

describe('a calibration in use', () => {
  const calibration = calibrate(pairs(3000), OPTIONS)
  const fusion = calibratedFusion(models(), calibration)
  const at = (cosine: number) =>
    compareFaces({ one: Float32Array.of(1, 0) }, { one: Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2)) }, fusion)

  it('decides in place of the shipped one, and is named', () => {
    expect(at(0.87)).toMatchObject({ match: true, calibration: 'pairs.json: a set' })
    expect(at(0.87).threshold).toBeCloseTo(0.29995, 6)
    expect(at(0.85).match).toBe(false)
    expect(at(1).falseMatchRate).toBeCloseTo(1e-3, 9)
    expect(calibratedFusion(models())).toBe(FUSION)
  })

  it('reports the share of its impostors that score as high', () => {
    const unit = 0.2 / 0.05
    for (const similarity of [0.03, 0.15, 0.27, 0.29]) {
      const share = calibration.decision.falseMatch.trials - similarity * 1e4
      expect(falseMatchRate(similarity * unit, fusion)).toBeCloseTo(share / 3000, 1)
    }
  })

  it('is refused with other models', () => {
    const others = [
      { ...MODELS, 'face-recognition': `sha256:${'4'.repeat(64)}` },
      { 'face-recognition': MODELS['face-recognition'] },
      { ...MODELS, 'face-mesh': `sha256:${'5'.repeat(64)}` },
    ]
    for (const other of others)
      expect(() => calibratedFusion(models(other), calibration)).toThrow(
        expect.objectContaining({ code: 'calibration-of-other-models', kind: 'usage' }),
      )
    expect(faceModels({ ...MODELS, 'mrz-detection': 'x', 'face-calibration': 'y' })).toEqual(MODELS)
  })
})

describe('a calibration file', () => {
  const good = calibrate(pairs(300), OPTIONS)
  const changed = (change: Partial<Record<keyof FaceCalibration, unknown>>) => written({ ...good, ...change })

  it('has the hash of its bytes', () => {
    const { id } = readCalibration(written(good))
    expect(id).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(readCalibration(changed({ source: 'another' })).id).not.toBe(id)
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['no JSON', Uint8Array.of(0x7b, 0xff)],
    ['another kind of file', changed({ kind: 'something' })],
    ['no decision', changed({ decision: undefined })],
    ['a rate above 1', changed({ decision: { ...good.decision, falseMatchRate: 2 } })],
    ['no points', changed({ operatingPoints: [] })],
    ['rates that rise', changed({ operatingPoints: good.operatingPoints.toReversed() })],
    ['a rate of 0', changed({ operatingPoints: [{ ...good.decision, falseMatchRate: 0 }] })],
    ['a hash that is none', changed({ models: { 'face-mesh': 'sha256:12' } })],
    ['too many bytes', new Uint8Array(2 ** 20 + 1).fill(0x20)],
  ])('with %s is refused', (_, bytes) => {
    expect(() => readCalibration(bytes)).toThrow(
      expect.objectContaining({ code: 'calibration-invalid', kind: 'usage' }),
    )
  })
})
