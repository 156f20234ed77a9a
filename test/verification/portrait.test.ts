import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChipPortrait } from '../../src/chip/index.ts'
import { createFaceAnalyser, eyeDistance, type FaceAnalyser, type FaceAnalysis } from '../../src/face/index.ts'
import { decodePicture, encodeJpeg2000, type Picture } from '../../src/image/index.ts'
import { type ModelSet, openModels } from '../../src/onnx/index.ts'
import { describePortrait } from '../../src/verification/portrait.ts'

let models: ModelSet
let faces: FaceAnalyser
let portrait: Picture

beforeAll(async () => {
  models = await openModels({ pack: '', roles: ['face-detection', 'face-mesh', 'face-recognition'] })
  faces = createFaceAnalyser(models)
  portrait = await decodePicture(await readFile(new URL('../fixtures/persons/elin-portrait.jpg', import.meta.url)))
})
afterAll(() => models.close())

async function chipPortrait(picture: Picture): Promise<ChipPortrait> {
  return { encoding: 'jpeg2000', bytes: await encodeJpeg2000(picture, 20) }
}

async function described(picture: Picture): Promise<FaceAnalysis> {
  const analysis = await describePortrait(await chipPortrait(picture), faces)
  if ('reason' in analysis) throw new Error(analysis.reason)
  return analysis
}

describe("the chip's portrait", () => {
  it('shows in half its size all that recognition sees', async () => {
    const whole = await faces.analyse(portrait)
    const half = await described(doubled(portrait))
    if ('reason' in whole) throw new Error(whole.reason)
    expect(eyeDistance(half.geometry.mesh)).toBeCloseTo(eyeDistance(whole.geometry.mesh), 0)
    expect(faces.compare(half.template, whole.template).similarity).toBeGreaterThan(0.95)
  })

  it('is looked at in full size when the face is small in it', async () => {
    const far = await described(framed(portrait, 2.5))
    expect(far.geometry.box.x).toBeGreaterThan(0.75 * portrait.width)
    const near = await described(portrait)
    expect(faces.compare(far.template, near.template).similarity).toBeGreaterThan(0.9)
  })

  it('that shows nobody, or is no picture, says so', async () => {
    const blank = { ...portrait, data: new Uint8Array(portrait.data.length).fill(180) }
    const { encoding, bytes } = await chipPortrait(blank)
    expect(await describePortrait({ encoding, bytes }, faces)).toEqual({ reason: 'portrait-without-face' })
    const cut = { encoding, bytes: bytes.subarray(0, 100) }
    expect(await describePortrait(cut, faces)).toEqual({ reason: 'portrait-undecodable' })
  })
})

/** Every pixel twice as wide and high. */
function doubled({ width, height, data }: Picture): Picture {
  const large = { width: 2 * width, height: 2 * height, data: new Uint8Array(4 * data.length) }
  for (let i = 0; i < large.data.length; i++) {
    const pixel = Math.floor(i / 3)
    const [x, y] = [(pixel % large.width) >> 1, Math.floor(pixel / large.width) >> 1]
    large.data[i] = data[3 * (y * width + x) + (i % 3)]!
  }
  return large
}

/** The picture in the middle of a grey wall `times` as wide and high. */
function framed({ width, height, data }: Picture, times: number): Picture {
  const [columns, rows] = [Math.round(width * times), Math.round(height * times)]
  const wall = new Uint8Array(3 * columns * rows).fill(150)
  const [left, top] = [(columns - width) >> 1, (rows - height) >> 1]
  for (let y = 0; y < height; y++)
    wall.set(data.subarray(3 * y * width, 3 * (y + 1) * width), 3 * ((top + y) * columns + left))
  return { width: columns, height: rows, data: wall }
}
