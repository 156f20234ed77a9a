import { beforeAll, describe, expect, it } from 'vitest'
import type { Picture } from '../../src/image/index.ts'
import { type AdviceCode, advise } from '../../src/mrz/capture/advice.ts'
import { measureZone, type ZoneView } from '../../src/mrz/capture/measure-zone.ts'
import { type MrzMissing, readDocument, writeMrz } from '../../src/mrz/index.ts'
import type { ZonePlace } from '../../src/mrz/network/sighting.ts'
import { scannedPage } from './page.ts'
import { shippedReader } from './reader.ts'
import { AT, PASSPORT } from './specimen.ts'

const reader = shippedReader()
const read = (...pictures: Picture[]) =>
  readDocument(
    pictures.map((picture) => async () => picture),
    reader,
    AT,
  )
const page = (change = {}, pitch = 18) => scannedPage(writeMrz({ ...PASSPORT, ...change }), pitch)

/** A picture changed pixel by pixel; `at` gives the grey value that stands at another place of the original. */
function redrawn({ width, height, data }: Picture, grey: (x: number, y: number, at: typeof sample) => number): Picture {
  const out = new Uint8Array(data.length)
  for (let i = 0; i < width * height; i++) out.fill(grey(i % width, Math.floor(i / width), sample), i * 3, i * 3 + 3)
  return { width, height, data: out }
  function sample(x: number, y: number): number {
    const [u, v] = [Math.max(0, Math.min(width - 1, x)), Math.max(0, Math.min(height - 1, y))]
    return data[(v * width + u) * 3]!
  }
}

/** Smeared along the lines, as by a hand that moves. */
const smeared = (picture: Picture, length: number) =>
  redrawn(picture, (x, y, at) => {
    let sum = 0
    for (let i = 0; i < length; i++) sum += at(x + i - (length >> 1), y)
    return sum / length
  })

function cropped({ width, height, data }: Picture, right: number): Picture {
  const rows = Array.from({ length: height }, (_, y) => data.subarray(y * width * 3, (y * width + width - right) * 3))
  return { width: width - right, height, data: Uint8Array.from(rows.flatMap((row) => [...row])) }
}

describe('guiding a camera', () => {
  it('has nothing to ask of a page that was read, and shows where its zone is', async () => {
    const picture = page()
    const { capture, ...reading } = await read(picture)
    expect(reading).toMatchObject({ found: true, accepted: true })
    expect(capture).toMatchObject({
      picture: { width: picture.width, height: picture.height },
      advice: { code: 'none' },
    })
    const { quad, pixelsPerCharacter, sharpness, glare, cutOff, rotation } = capture.zone!
    expect(quad[0][0]).toBeGreaterThan(20)
    expect(quad[0][0]).toBeLessThan(60)
    expect(quad[2][1]).toBeGreaterThan(picture.height * 0.85)
    expect(Math.abs(pixelsPerCharacter - 18)).toBeLessThan(1)
    expect(sharpness).toBeGreaterThan(80)
    expect([glare, cutOff]).toEqual([0, false])
    expect(Math.abs(rotation)).toBeLessThan(2)
  })

  it.each<[string, string, () => Picture]>([
    ['show-zone', 'an empty page', () => redrawn(page(), () => 220)],
    ['more-light', 'darkness', () => redrawn(page(), () => 6)],
    ['show-whole-zone', 'a page of which the right edge is missing', () => cropped(page(), 100)],
  ])('%s: %s', async (code, _, picture) => {
    const answer = await read(picture())
    expect(answer.found && answer.accepted).toBe(false)
    expect(answer.capture.advice.code).toBe(code)
  })
})

describe('the measures of a zone', () => {
  let place: ZonePlace
  let clean: ZoneView
  beforeAll(async () => {
    place = (await reader.read(page())).place!
    clean = measureZone(page(), place)
  })

  it('sharpness falls with every pixel of smear', () => {
    const sharpness = [3, 5, 7, 9].map((length) => measureZone(smeared(page(), length), place).sharpness)
    for (const [i, value] of sharpness.entries()) {
      expect(value).toBeLessThan((sharpness[i - 1] ?? clean.sharpness) - 3)
    }
  })

  it('glare is the share of characters that a reflection has washed out', () => {
    const glared = (reach: number) =>
      redrawn(page(), (x, y, at) => (Math.abs(x - 430) < reach && y > 480 ? 255 : at(x, y)))
    // The zone is 792 pixels long.
    expect(Math.abs(measureZone(glared(79), place).glare - 20)).toBeLessThan(5)
    expect(Math.abs(measureZone(glared(198), place).glare - 50)).toBeLessThan(5)
  })

  it('contrast falls with fading ink, and sharpness does not', () => {
    const faded = measureZone(
      redrawn(page(), (x, y, at) => 200 + (at(x, y) - 200) / 4),
      place,
    )
    expect(faded.contrast).toBeLessThan(clean.contrast / 3)
    expect(Math.abs(faded.sharpness - clean.sharpness)).toBeLessThan(10)
  })
})

describe('advice', () => {
  const unread: MrzMissing = { found: false, reason: 'mrz-unreadable' }
  const good: ZoneView = {
    quad: [
      [40, 500],
      [830, 500],
      [830, 560],
      [40, 560],
    ],
    pixelsPerCharacter: 18,
    sharpness: 90,
    contrast: 60,
    glare: 0,
    rotation: 0,
    slant: 3,
    cutOff: false,
  }

  it.each<[AdviceCode, Partial<ZoneView>]>([
    ['another-picture', {}],
    ['come-closer', { pixelsPerCharacter: 5 }],
    ['hold-still', { sharpness: 20 }],
    ['avoid-glare', { glare: 20, sharpness: 20 }],
    ['hold-flat', { slant: 50 }],
    ['show-whole-zone', { cutOff: true, sharpness: 20 }],
    ['more-light', { contrast: 5 }],
  ])('%s where %o', (code, change) => {
    const { text, ...advice } = advise(unread, { ...good, ...change }, 60)
    expect(advice).toEqual({ code })
    expect(text).toMatch(/^[A-Z].*\.$/)
  })
})

describe('frames of one document', () => {
  it('are read together', async () => {
    const blurred = smeared(page(), 5)
    const { frames, ...answer } = await read(blurred, page())
    expect(answer).toMatchObject({ found: true, accepted: true, document: PASSPORT })
    expect(frames!.map(({ use }) => use)).toEqual(['joined', 'joined'])
  })

  it('are not accepted when one shows another document, and it is said which', async () => {
    const other = page({ surname: 'LINDQVIST', documentNumber: 'K12345678' })
    const answer = await read(page(), other, page())
    expect(answer).toMatchObject({ found: true, accepted: false, document: { surname: 'ERIKSSON' } })
    expect(answer.found && answer.doubts).toContain('frames-disagree')
    expect(answer.frames!.map(({ use }) => use)).toEqual(['joined', 'reads-differently', 'joined'])
  })

  it('may be unreadable', async () => {
    const empty = redrawn(page(), () => 220)
    const answer = await read(empty, empty)
    expect(answer).toMatchObject({ found: false, reason: 'mrz-not-found' })
    expect(answer.frames!.map(({ use }) => use)).toEqual(['nothing-read', 'nothing-read'])
  })
})
