import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createFaceAnalyser,
  eyeAspectRatio,
  type FaceAnalyser,
  type FaceAnalysis,
  type FaceGeometry,
  judgeCapture,
} from '../../src/face/index.ts'
import { decodePicture, type Picture } from '../../src/image/index.ts'
import { type ModelSet, openModels } from '../../src/onnx/index.ts'

let models: ModelSet
let faces: FaceAnalyser

beforeAll(async () => {
  models = await openModels({ pack: '', roles: ['face-detection', 'face-mesh', 'face-recognition'] })
  faces = createFaceAnalyser(models)
})
afterAll(() => models.close())

/** Fictitious persons; src/specimen/person/render-fixtures.ts makes them again. */
const person = async (name: string): Promise<Picture> =>
  decodePicture(await readFile(new URL(`../fixtures/persons/${name}.jpg`, import.meta.url)))

async function analyse(picture: Picture): Promise<FaceAnalysis> {
  const analysis = await faces.analyse(picture)
  if ('reason' in analysis) throw new Error(analysis.reason)
  return analysis
}

async function locate(picture: Picture): Promise<FaceGeometry> {
  const geometry = await faces.locate(picture)
  if ('reason' in geometry) throw new Error(geometry.reason)
  return geometry
}

const capture = async (picture: Picture) => judgeCapture(await faces.analyse(picture))

describe('the same person', () => {
  it('is recognised across portrait, selfie and turned heads; another person is not', async () => {
    const portrait = await analyse(await person('elin-portrait'))
    for (const name of ['elin-selfie', 'elin-left', 'elin-right', 'elin-closer']) {
      const { match, similarity, threshold } = faces.compare(
        portrait.template,
        (await analyse(await person(name))).template,
      )
      expect({ name, match, above: similarity > threshold }).toEqual({ name, match: true, above: true })
    }
    const other = await analyse(await person('samuel-selfie'))
    expect(faces.compare(portrait.template, other.template)).toMatchObject({ match: false })
    expect(faces.compare(portrait.template, other.template).falseMatchRate).toBeGreaterThan(1e-3)
  })

  it('is described alike at any size, and in the same way every time', async () => {
    const picture = await person('elin-selfie')
    const [once, again] = [await analyse(picture), await analyse(picture)]
    expect(again).toEqual(once)
    const large = await analyse(enlarged(picture, 5))
    expect(faces.compare(once.template, large.template).similarity).toBeGreaterThan(0.9)
    expect(Math.abs(large.geometry.pose.yaw - once.geometry.pose.yaw)).toBeLessThan(4)
  })

  it('has descriptors of unit length, one for each recognition model', async () => {
    const { template } = await analyse(await person('samuel-portrait'))
    expect(Object.keys(template)).toEqual(models.all('face-recognition').map(({ id }) => id))
    for (const descriptor of Object.values(template)) expect(Math.hypot(...descriptor)).toBeCloseTo(1, 4)
  })
})

describe('a glance', () => {
  const glanceAt = async (name: string) => {
    const picture = await person(name)
    return faces.glance(picture, await locate(picture))
  }

  it('tells whether the person is still the same, turned or not', async () => {
    const first = await glanceAt('elin-selfie')
    for (const name of ['elin-left', 'elin-right', 'elin-closer', 'elin-eyes-closed'])
      expect(faces.compareGlances(first, await glanceAt(name)).falseMatchRate).toBeLessThanOrEqual(1e-3)
    for (const name of ['samuel-selfie', 'samuel-portrait'])
      expect(faces.compareGlances(first, await glanceAt(name)).falseMatchRate).toBeGreaterThan(0.02)
  })

  it('sees the quality that an analysis sees', async () => {
    expect((await glanceAt('elin-selfie')).quality).toEqual((await analyse(await person('elin-selfie'))).quality)
  })
})

describe('how the head is held', () => {
  it('is seen: turns to both sides, closed eyes, the distance', async () => {
    const ahead = await locate(await person('elin-selfie'))
    expect((await locate(await person('elin-left'))).pose.yaw).toBeGreaterThan(ahead.pose.yaw + 12)
    expect((await locate(await person('elin-right'))).pose.yaw).toBeLessThan(ahead.pose.yaw - 12)
    const closed = await locate(await person('elin-eyes-closed'))
    expect(eyeAspectRatio(closed.mesh)).toBeLessThan(0.75 * eyeAspectRatio(ahead.mesh))
    expect((await locate(await person('elin-closer'))).box.width).toBeGreaterThan(1.2 * ahead.box.width)
  })
})

describe('a capture', () => {
  it('that is good passes; two faces do not', async () => {
    expect(await capture(await person('elin-portrait'))).toMatchObject({ status: 'passed', code: 'ok' })
    const two = await capture(await person('two-persons'))
    expect(two).toMatchObject({ status: 'indeterminate', code: 'several-faces', evidence: { faces: 2 } })
  })

  it('that is dark, blurred, cut off or turned away is undecided, with advice', async () => {
    const picture = await person('elin-selfie')
    const darkened = { ...picture, data: picture.data.map((value) => value * 0.06) }
    const { box } = await locate(picture)
    const cut = cropped(picture, Math.round(box.x + 0.45 * box.width), picture.width)
    for (const [poor, codes] of [
      [darkened, ['capture-too-dark', 'capture-badly-lit', 'no-face']],
      [blurred(picture, 11), ['capture-blurred']],
      [cut, ['face-cut-off', 'no-face', 'capture-not-frontal']],
    ] as const) {
      const { status, code, evidence } = await capture(poor)
      expect(codes).toContain(code)
      expect(status).toBe('indeterminate')
      expect((evidence.advice as readonly string[]).length).toBeGreaterThan(0)
    }
  })
})

describe('a picture without a usable face', () => {
  it.each([
    ['a single pixel', 1, 1],
    ['a strip', 2000, 1],
    ['a plain page', 300, 200],
  ])('says so: %s', async (_, width, height) => {
    const data = new Uint8Array(width * height * 3).fill(200)
    expect(await faces.locate({ width, height, data })).toEqual({ reason: 'no-face' })
  })

  it('says when the face is there but too small', async () => {
    const tiny = reduced(await person('elin-portrait'), 12)
    expect(await capture(tiny)).toMatchObject({
      status: 'indeterminate',
      code: expect.stringMatching(/^(face-too-small|no-face)$/),
    })
  })
})

/** Every pixel `times` x `times` as large. */
function enlarged({ width, height, data }: Picture, times: number): Picture {
  return sampled(
    width * times,
    height * times,
    (x, y, c) => data[3 * (Math.floor(y / times) * width + Math.floor(x / times)) + c]!,
  )
}

/** Means of `times` x `times` pixels. */
function reduced({ width, height, data }: Picture, times: number): Picture {
  return sampled(Math.floor(width / times), Math.floor(height / times), (x, y, c) => {
    let sum = 0
    for (let i = 0; i < times * times; i++) {
      sum += data[3 * ((y * times + Math.floor(i / times)) * width + x * times + (i % times)) + c]!
    }
    return sum / (times * times)
  })
}

/** The mean of the pixels up to `radius` to either side, across and then down. */
function blurred(picture: Picture, radius: number): Picture {
  const along = ({ width, height, data }: Picture, dx: number, dy: number) =>
    sampled(width, height, (x, y, c) => {
      let sum = 0
      for (let i = -radius; i <= radius; i++) {
        const column = Math.min(Math.max(x + i * dx, 0), width - 1)
        const row = Math.min(Math.max(y + i * dy, 0), height - 1)
        sum += data[3 * (row * width + column) + c]!
      }
      return sum / (2 * radius + 1)
    })
  return along(along(picture, 1, 0), 0, 1)
}

/** The columns from `left` to `right`. */
function cropped({ width, height, data }: Picture, left: number, right: number): Picture {
  return sampled(right - left, height, (x, y, c) => data[3 * (y * width + left + x) + c]!)
}

function sampled(width: number, height: number, value: (x: number, y: number, channel: number) => number): Picture {
  const data = new Uint8Array(3 * width * height)
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / 3)
    data[i] = value(pixel % width, Math.floor(pixel / width), i % 3)
  }
  return { width, height, data }
}
