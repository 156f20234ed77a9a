import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CARRIERS, present } from '../../bench/liveness/presentation.ts'
import { createFaceAnalyser, type FaceAnalyser } from '../../src/face/index.ts'
import { decodePicture, type Picture } from '../../src/image/index.ts'
import { checkPassive, createPassiveDetector, type PassiveDetector } from '../../src/liveness/index.ts'
import { type ModelSet, openModels } from '../../src/onnx/index.ts'

let models: ModelSet
let faces: FaceAnalyser
let detector: PassiveDetector

beforeAll(async () => {
  models = await openModels({ pack: '', roles: ['face-detection', 'face-mesh', 'face-recognition', 'pad'] })
  faces = createFaceAnalyser(models)
  detector = createPassiveDetector(models)!
})
afterAll(() => models.close())

/** Fictitious persons; the network was trained on others. */
const person = async (name: string): Promise<Picture> =>
  decodePicture(await readFile(new URL(`../fixtures/persons/${name}.jpg`, import.meta.url)))

async function judge(picture: Picture) {
  const geometry = await faces.locate(picture)
  if ('reason' in geometry) throw new Error(geometry.reason)
  return checkPassive(detector, await detector.score(picture, { geometry, quality: faces.measure(picture, geometry) }))
}

describe('the detector that comes with Genkend', () => {
  it('only advises, and says against what nobody has measured it', () => {
    expect(detector.advisory).toBe(true)
    expect(detector.unmeasured).toContain('masks')
  })

  it.each(['elin-selfie', 'elin-left', 'elin-right', 'elin-closer', 'samuel-selfie'])(
    'has no doubt about a live person, and does not pass them: %s',
    async (name) => {
      expect(await judge(await person(name))).toMatchObject({ status: 'indeterminate', code: 'pad-advisory' })
    },
  )

  it('doubts most pictures that somebody holds before the camera, and refuses none', async () => {
    const [elin, samuel] = [await person('elin-portrait'), await person('samuel-portrait')]
    const scenes = [await person('elin-selfie'), await person('samuel-selfie')]
    const outcomes = []
    for (let seed = 0; seed < 8; seed++) {
      const [shown, scene] = seed % 2 === 0 ? [elin, scenes[1]!] : [samuel, scenes[0]!]
      for (const carrier of CARRIERS) outcomes.push(await judge(present(shown, carrier, scene, seed)))
    }
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['indeterminate']))
    const doubted = outcomes.filter(({ code }) => code === 'pad-doubt').length
    expect(doubted / outcomes.length).toBeGreaterThanOrEqual(0.75)
  })

  it('does not judge what is too dark or too blurred, live or not', async () => {
    const dark = ({ data, ...size }: Picture): Picture => ({ ...size, data: data.map((value) => value / 9) })
    const live = await person('elin-selfie')
    const attack = present(await person('elin-portrait'), CARRIERS[1]!, await person('samuel-selfie'), 0)
    for (const picture of [live, attack]) {
      expect(await judge(dark(picture))).toMatchObject({ status: 'indeterminate', code: 'pad-too-dark' })
    }
  })
})
