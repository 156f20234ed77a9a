import { describe, expect, it } from 'vitest'
import { portraitSquare, poseOf } from '../../src/face/index.ts'
import { checkPassive, createPassiveDetector } from '../../src/liveness/index.ts'
import { cropInside } from '../../src/liveness/passive.ts'
import type { Fusion, Model, ModelSet } from '../../src/onnx/index.ts'
import { posedMesh } from '../face/posed-mesh.ts'

const mesh = posedMesh()
const geometry = { box: portraitSquare(mesh), score: 1, mesh, pose: poseOf(mesh), faces: 1, rival: 0 }
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

describe('passive detection', () => {
  it('is not there without a model, and the check says so', () => {
    expect(createPassiveDetector(modelSet([]))).toBeUndefined()
    expect(checkPassive(undefined, undefined)).toMatchObject({ status: 'not_performed', code: 'pad-model-missing' })
  })

  it('averages the probabilities of its networks as the manifest weighs them', async () => {
    const networks = [network('a', [-9, 9, -9]), network('b', [9, -9, -9])]
    const evenly = await createPassiveDetector(modelSet(networks))!.score(PICTURE, geometry)
    expect(evenly.score).toBeCloseTo(0.5, 3)
    const terms = [
      { model: 'a', weight: 0.75, mean: 0, deviation: 1 },
      { model: 'b', weight: 0.25, mean: 0, deviation: 1 },
    ]
    const weighed = createPassiveDetector(modelSet(networks, { terms, threshold: 0.4 }))!
    expect(await weighed.score(PICTURE, geometry)).toMatchObject({ threshold: 0.4, live: true })
    expect((await weighed.score(PICTURE, geometry)).score).toBeCloseTo(0.75, 3)
  })

  it('fails an attack and passes a live face; one that is only advisory does neither', async () => {
    const attack = modelSet([network('a', [9, -9, 0])])
    const live = modelSet([network('a', [-9, 9, 0])])
    const check = async (models: ModelSet) => {
      const detector = createPassiveDetector(models)
      return checkPassive(detector, await detector?.score(PICTURE, geometry))
    }
    expect(await check(live)).toMatchObject({ status: 'passed' })
    expect(await check(attack)).toMatchObject({ status: 'failed', code: 'presentation-attack' })
    const terms = [{ model: 'a', weight: 1, mean: 0, deviation: 1 }]
    const advisory = (set: ModelSet) => ({ ...set, fusion: () => ({ terms, advisory: true }) })
    expect(await check(advisory(attack))).toMatchObject({ status: 'indeterminate', code: 'pad-doubt' })
    expect((await check(advisory(live))).status).toBe('indeterminate')
  })
})

describe('the crop that a network sees', () => {
  const corners = (square: Parameters<typeof cropInside>[0], enlarge: number) => {
    const [scale, , left, , , top] = cropInside(square, enlarge, 80, PICTURE)
    return { left, top, right: left + 79 * scale, bottom: top + 79 * scale }
  }

  it('is the enlarged square, as long as it fits', () => {
    const { left, right } = corners({ x: 300, y: 300, width: 100, height: 100 }, 2.7)
    expect((left + right) / 2).toBeCloseTo(349.5, 1)
    expect(right - left).toBeCloseTo((270 * 79) / 80, 1)
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
