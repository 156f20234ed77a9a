import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFaceAnalyser, type FaceAnalyser, type FaceAnalysis } from '../../../src/face/index.ts'
import { type ModelSet, openModels } from '../../../src/onnx/index.ts'
import { cast, renderPortrait, renderSelfie } from '../../../src/specimen/person/index.ts'

const size = { width: 256, height: 320 }

describe('the face engine, on the cast', () => {
  let models: ModelSet
  let analyser: FaceAnalyser
  const seen: { portrait: FaceAnalysis; selfie: FaceAnalysis }[] = []

  beforeAll(async () => {
    models = await openModels({ roles: ['face-detection', 'face-mesh', 'face-recognition'] })
    analyser = createFaceAnalyser(models)
    for (const person of cast()) {
      const portrait = await analyser.analyse(renderPortrait(person, size))
      const selfie = await analyser.analyse(renderSelfie(person, size))
      if ('reason' in portrait || 'reason' in selfie) throw new Error(`${person.id} shows no face`)
      seen.push({ portrait, selfie })
    }
  }, 180_000)
  afterAll(() => models.close())

  it('takes each person for themselves and for nobody else', () => {
    for (const [i, { portrait }] of seen.entries()) {
      const matches = seen.map(({ selfie }) => analyser.compare(portrait.template, selfie.template).match)
      expect(matches, cast()[i]!.id).toEqual(seen.map((_, j) => i === j))
    }
  })

  it('sees which way a head is turned', async () => {
    for (const pose of [
      { yaw: 30, pitch: 0, roll: 0 },
      { yaw: -30, pitch: 0, roll: 0 },
      { yaw: 0, pitch: 0, roll: 12 },
    ]) {
      const geometry = await analyser.locate(renderSelfie(cast()[0]!, { ...size, ...pose }))
      if ('reason' in geometry) throw new Error(geometry.reason)
      expect(Math.abs(geometry.pose.yaw - pose.yaw)).toBeLessThan(12)
      expect(Math.abs(geometry.pose.roll - pose.roll)).toBeLessThan(8)
    }
  })
})
