import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFaceAnalyser, type FaceAnalyser, judgeCapture } from '../../src/face/index.ts'
import type { Picture } from '../../src/image/index.ts'
import { type ModelSet, openModels } from '../../src/onnx/index.ts'
import { cast, renderSelfie, type SelfieView } from '../../src/specimen/person/index.ts'
import { photograph } from '../../src/specimen/person/photograph.ts'

let models: ModelSet
let faces: FaceAnalyser
/** A selfie with nothing wrong. */
let good: Picture

beforeAll(async () => {
  models = await openModels({ pack: '', roles: ['face-detection', 'face-mesh', 'face-recognition'] })
  faces = createFaceAnalyser(models)
  good = selfie()
})
afterAll(() => models.close())

const PERSON = cast()[4]!
const SIZE = { width: 400, height: 500 }
const AHEAD = { yaw: 0, pitch: 0, roll: 0 }
const selfie = (view: SelfieView = {}) => renderSelfie(PERSON, { ...SIZE, ...AHEAD, ...view })

async function judge(picture: Picture) {
  const analysis = await faces.analyse(picture)
  const { status, code, evidence } = judgeCapture(analysis)
  const values = 'reason' in analysis ? {} : analysis.quality.values
  return { status, code, values, advice: evidence.advice as readonly string[] }
}

/** The rows and columns of a picture from `left`, `top`. */
function cut({ width, data }: Picture, left: number, top: number, columns: number, rows: number): Picture {
  const row = (y: number) => data.subarray(3 * ((top + y) * width + left), 3 * ((top + y) * width + left + columns))
  return { width: columns, height: rows, data: Buffer.concat(Array.from({ length: rows }, (_, y) => row(y))) }
}

/** Lit by one lamp from the person's right, hardly by anything else. */
const litFromOneSide = () =>
  photograph(PERSON, {
    camera: { ...SIZE, focal: 0.92 * SIZE.height },
    place: { x: 0, y: -0.8, distance: 44 },
    pose: AHEAD,
    expression: { lids: 0, mouth: 0, smile: 0 },
    light: {
      lamps: [{ direction: [-1, 0.1, 0.15], colour: [1, 1, 1], strength: 1.4, castsShadow: true }],
      sky: [0.04, 0.04, 0.04],
      ground: [0.03, 0.03, 0.03],
    },
    backdrop: { kind: 'plain' },
    development: { balance: [1, 1, 1], blur: 0, noise: 2, seed: 1 },
  })

describe('a capture of a fictitious person', () => {
  it('is good when nothing is wrong with it: every value from 0 to 100, nothing to advise', async () => {
    const { status, values, advice } = await judge(good)
    expect(status).toBe('passed')
    expect(advice).toEqual([])
    expect(values.unified).toBe(100)
    for (const value of Object.values(values)) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(100)
    }
  })

  it.each([
    ['taken in the dark', () => darkened(good, 0.07), 'go where there is more light'],
    ['lit from one side', litFromOneSide, 'turn towards the light'],
    ['turned away', () => selfie({ yaw: 32 }), 'look straight into the camera'],
    ['tilted', () => selfie({ roll: 34 }), 'hold your head upright'],
    ['from far away', () => selfie({ distance: 130 }), 'come closer to the camera'],
  ] as const)('%s, is told what to do about it', async (_, take, expected) => {
    const { values, advice, code } = await judge(take())
    expect({ code, advice }).toMatchObject({ advice: expect.arrayContaining([expected]) })
    expect(values.unified ?? 0).toBeLessThan(100)
  })

  it('is worth less with an open mouth or closed eyes', async () => {
    const { values } = await judge(good)
    expect((await judge(selfie({ mouth: 1 }))).values.mouthClosed).toBeLessThan(values.mouthClosed! - 5)
    expect((await judge(selfie({ lids: 1 }))).values.eyesOpen).toBeLessThan(values.eyesOpen!)
  })

  it('is told to leave room where the head touches the edge', async () => {
    const close = selfie({ distance: 30 })
    const { values, advice } = await judge(cut(close, 0, Math.round(0.22 * SIZE.height), SIZE.width, SIZE.height / 2))
    expect(values.marginAbove! + values.marginBelow!).toBeLessThan(10)
    expect(advice).toContain('leave some room around the head')
  })

  it('is undecided, not refused, when it is too poor to compare', async () => {
    const { width, height } = SIZE
    const half = cut(good, Math.round(0.52 * width), 0, Math.round(0.48 * width), height)
    for (const poor of [darkened(good, 0.04), half, selfie({ distance: 260 })]) {
      const { status, code, advice } = await judge(poor)
      expect({ status, code }).toMatchObject({ status: 'indeterminate' })
      expect(advice.length).toBeGreaterThan(0)
    }
  })
})

function darkened({ width, height, data }: Picture, factor: number): Picture {
  return { width, height, data: data.map((value) => value * factor) }
}
