import { describe, expect, it } from 'vitest'
import { portraitSquare, poseOf } from '../../src/face/index.ts'
import { checkPassive, createPassiveDetector, type PassiveDetector } from '../../src/liveness/index.ts'
import { squareInside } from '../../src/liveness/passive.ts'
import type { Fusion, Model, ModelSet } from '../../src/onnx/index.ts'
import { posedMesh } from '../face/posed-mesh.ts'

const mesh = posedMesh()
const geometry = { box: portraitSquare(mesh), score: 1, mesh, pose: poseOf(mesh), faces: 1, rival: 0 }
const GOOD = { notUnderexposed: 100, brightness: 90, notOverexposed: 100, sharpness: 80 }
const face = { geometry, quality: { values: GOOD, advice: [] } }
const PICTURE = { width: 640, height: 640, data: new Uint8Array(640 * 640 * 3).fill(90) }

/** A network that always gives these logits. */
const network = (id: string, logits: readonly number[], enlarge = 2.7): Model => ({
  id,
  role: 'pad',
  sha256: '',
  inputShape: [1, 3, 80, 80],
  input: {
    width: 80,
    height: 80,
    channels: 'bgr',
    mean: [0, 0, 0],
    deviation: [1, 1, 1],
    crop: { kind: 'box', enlarge },
  },
  output: { kind: 'classes', live: 1 } as Model['output'],
  run: async () => ({ logits: { data: Float32Array.from(logits), shape: [1, logits.length] } }),
})

const modelSet = (models: readonly Model[], fusion?: Fusion): ModelSet => ({
  all: (role) => models.filter((model) => model.role === role),
  fusion: () => fusion,
  identities: {},
  close: async () => {},
})

async function scoreOf(detector: PassiveDetector | undefined): Promise<number | undefined> {
  const found = await detector?.score(PICTURE, face)
  return found && 'score' in found ? found.score : undefined
}

describe('passive detection', () => {
  it('is not there without a model, and the check says so', () => {
    expect(createPassiveDetector(modelSet([]))).toBeUndefined()
    expect(checkPassive(undefined, undefined)).toMatchObject({ status: 'not_performed', code: 'pad-model-missing' })
  })

  it('averages the probabilities of its networks as the manifest weighs them', async () => {
    const networks = [network('a', [-9, 9, -9]), network('b', [9, -9, -9])]
    const evenly = await scoreOf(createPassiveDetector(modelSet(networks)))
    expect(evenly).toBeCloseTo(0.5, 3)
    const terms = [
      { model: 'a', weight: 0.75, mean: 0, deviation: 1 },
      { model: 'b', weight: 0.25, mean: 0, deviation: 1 },
    ]
    const weighed = createPassiveDetector(modelSet(networks, { terms, threshold: 0.4 }))!
    expect(await weighed.score(PICTURE, face)).toMatchObject({ threshold: 0.4, live: true })
    expect(await scoreOf(weighed)).toBeCloseTo(0.75, 3)
  })

  it('fails an attack and passes a live face; one that is only advisory does neither', async () => {
    const attack = modelSet([network('a', [9, -9, 0])])
    const live = modelSet([network('a', [-9, 9, 0])])
    const check = async (models: ModelSet) => {
      const detector = createPassiveDetector(models)
      return checkPassive(detector, await detector?.score(PICTURE, face))
    }
    expect(await check(live)).toMatchObject({ status: 'passed' })
    expect(await check(attack)).toMatchObject({ status: 'failed', code: 'presentation-attack' })
    const terms = [{ model: 'a', weight: 1, mean: 0, deviation: 1 }]
    const advisory = (set: ModelSet) => ({ ...set, fusion: () => ({ terms, advisory: true }) })
    expect(await check(advisory(attack))).toMatchObject({ status: 'indeterminate', code: 'pad-doubt' })
    expect((await check(advisory(live))).status).toBe('indeterminate')
  })
})

describe('a picture too poor to judge', () => {
  const certain = { attack: modelSet([network('a', [9, -9, 0])]), live: modelSet([network('a', [-9, 9, 0])]) }

  it.each([
    ['notUnderexposed', 20, 'pad-too-dark'],
    ['brightness', 2, 'pad-too-dark'],
    ['notOverexposed', 30, 'pad-too-bright'],
    ['sharpness', 4, 'pad-too-blurred'],
  ])(
    'is indeterminate before the score counts, be it sure of an attack or of a live face: %s %i',
    async (name, value, code) => {
      const quality = { values: { ...GOOD, [name]: value }, advice: [] }
      for (const models of Object.values(certain)) {
        const detector = createPassiveDetector(models)!
        const outcome = checkPassive(detector, await detector.score(PICTURE, { geometry, quality }))
        expect(outcome).toMatchObject({ status: 'indeterminate', code, evidence: {} })
      }
    },
  )

  it('is too bright when its mean is near white, though little of it is', async () => {
    const detector = createPassiveDetector(certain.live)!
    const quality = { values: { ...GOOD, brightness: 10, notOverexposed: 70 }, advice: [] }
    expect(await detector.score(PICTURE, { geometry, quality })).toEqual({ reason: 'pad-too-bright' })
  })
})

describe('the crop that a network sees', () => {
  const corners = (square: Parameters<typeof squareInside>[0], enlarge: number) => {
    const { left, top, width, height } = squareInside(square, enlarge, PICTURE)
    return { left, top, right: left + width, bottom: top + height }
  }

  it('is the enlarged square, as long as it fits', () => {
    const { left, right } = corners({ x: 300, y: 300, width: 100, height: 100 }, 2.7)
    expect((left + right) / 2).toBeCloseTo(350, 6)
    expect(right - left).toBeCloseTo(270, 6)
  })

  it('moves and shrinks to stay inside the picture', () => {
    for (const square of [
      { x: -50, y: 600, width: 100, height: 100 },
      { x: 200, y: 200, width: 500, height: 500 },
    ]) {
      const { left, top, right, bottom } = corners(square, 4)
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0)
      expect(Math.max(right, bottom)).toBeLessThanOrEqual(639)
    }
  })
})
