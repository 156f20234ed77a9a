import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import {
  decodePicture,
  encodeJpeg,
  encodeJpeg2000,
  encodePng,
  PICTURE_LIMITS,
  type Picture,
  pictureSize,
} from '../../src/image/index.ts'
import { painted, pixel, ramp } from './pictures.ts'

const RED = [180, 60, 70] as const
const source = (width = 40, height = 30) =>
  sharp(Buffer.from(painted(width, height, () => RED).data), { raw: { width, height, channels: 3 } })

const near = (actual: number[], expected: readonly number[], by: number) => {
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(by)
}

const expectSame = (a: Picture, b: Picture) => {
  expect([a.width, a.height]).toEqual([b.width, b.height])
  expect(Buffer.compare(a.data, b.data)).toBe(0)
}

describe('kinds of picture', () => {
  it.each([
    ['JPEG', () => source().jpeg()],
    ['progressive JPEG', () => source().jpeg({ progressive: true })],
    ['CMYK JPEG', () => source().toColourspace('cmyk').jpeg()],
    ['PNG', () => source().png()],
    ['palette PNG', () => source().png({ palette: true })],
    ['16-bit PNG', () => source().toColourspace('rgb16').png()],
    ['lossy WebP', () => source().webp()],
    ['lossless WebP', () => source().webp({ lossless: true })],
    ['Display P3 JPEG', () => source().withIccProfile('p3').jpeg()],
  ])('%s becomes sRGB of 8 bits', async (_, encode) => {
    const bytes = await encode().toBuffer()
    expect(pictureSize(bytes)).toEqual({ width: 40, height: 30 })
    const picture = await decodePicture(bytes)
    expect(picture).toMatchObject({ width: 40, height: 30 })
    expect(picture.data).toHaveLength(40 * 30 * 3)
    near(pixel(picture, 20, 15), RED, 20)
  })

  it.each([
    ['JPEG', () => source().toColourspace('b-w').jpeg()],
    ['16-bit PNG', () => source().toColourspace('grey16').png()],
  ])('a grey %s becomes three equal channels', async (_, encode) => {
    const [red, green, blue] = pixel(await decodePicture(await encode().toBuffer()), 5, 5)
    expect([green, blue]).toEqual([red, red])
  })

  it('transparent parts become white', async () => {
    const bytes = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    expect(pixel(await decodePicture(bytes), 1, 1)).toEqual([255, 255, 255])
  })

  it('PNG keeps every pixel', async () => {
    const picture = ramp(60, 40)
    expectSame(await decodePicture(await encodePng(picture)), picture)
  })
})

describe('EXIF orientation', () => {
  /** Where the upper left corner of the stored picture is seen: column and row, 0 near and 1 far. */
  const CORNERS = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const

  it.each(CORNERS.map((corner, i) => [i + 1, corner] as const))('%i is applied', async (orientation, [right, low]) => {
    const stored = painted(48, 32, (x, y) => (x < 16 && y < 12 ? RED : [20, 20, 200]))
    const bytes = await sharp(Buffer.from(await encodeJpeg(stored, 95)))
      .withMetadata({ orientation })
      .toBuffer()
    const seen = await decodePicture(bytes)
    const isTurned = orientation >= 5
    expect([seen.width, seen.height]).toEqual(isTurned ? [32, 48] : [48, 32])
    near(pixel(seen, right ? seen.width - 4 : 3, low ? seen.height - 4 : 3), RED, 40)
    near(pixel(seen, right ? 3 : seen.width - 4, low ? 3 : seen.height - 4), [20, 20, 200], 40)
    expect(pictureSize(bytes)).toEqual({ width: 48, height: 32 })
  })
})

describe('JPEG 2000', () => {
  const portrait = painted(120, 160, (x, y) => [x + 60, y + 40, (x + y) >> 1])

  it('a raw code stream, as chips store portraits, is read back', async () => {
    const bytes = await encodeJpeg2000(portrait, 10)
    expect(pictureSize(bytes)).toMatchObject({ width: 120, height: 160 })
    const decoded = await decodePicture(bytes)
    near(pixel(decoded, 60, 80), pixel(portrait, 60, 80), 4)
  })

  it.each([5, 20])('is about %i times smaller than the pixels, however busy they are', async (ratio) => {
    const busy = painted(120, 160, (x, y) => [
      (x * 7919 + y * 104729) & 255,
      (x * y * 31) & 255,
      (x * 57 + y * y) & 255,
    ])
    const { length } = await encodeJpeg2000(busy, ratio)
    expect(length).toBeGreaterThan((120 * 160 * 3 * 0.8) / ratio)
    expect(length).toBeLessThan((120 * 160 * 3 * 1.1) / ratio)
  })

  it('boxed as JP2 it is the same picture', async () => {
    const stream = await encodeJpeg2000(portrait)
    expectSame(await decodePicture(boxed(stream)), await decodePicture(stream))
  })

  it.each([
    [161, 120, 160],
    [60, 60, 80],
    [31, 60, 80],
    [30, 30, 40],
  ])('comes as small as %i pixels allow: %i x %i', async (enough, width, height) => {
    const reduced = await decodePicture(await encodeJpeg2000(portrait, 10), PICTURE_LIMITS, enough)
    expect(reduced).toMatchObject({ width, height })
    const factor = 120 / width
    near(pixel(reduced, width >> 1, height >> 1), pixel(portrait, 60 + (factor >> 1), 80 + (factor >> 1)), 12)
    expect(reduced.data).toHaveLength(3 * width * height)
  })

  it('decodes many at the same time', async () => {
    const bytes = await encodeJpeg2000(portrait)
    const all = await Promise.all(Array.from({ length: 8 }, () => decodePicture(bytes)))
    for (const each of all) expectSame(each, all[0]!)
  })
})

/** The least that ITU-T T.800 annex I asks of a JP2 file: signature, file type, header, code stream. */
function boxed(stream: Uint8Array): Uint8Array {
  const box = (type: string, ...content: Uint8Array[]) => {
    const body = Buffer.concat(content)
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length + 8)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, body])
  }
  const header = Buffer.from([0, 0, 0, 160, 0, 0, 0, 120, 0, 3, 7, 7, 0, 0])
  return Buffer.concat([
    box('jP  ', Buffer.of(0x0d, 0x0a, 0x87, 0x0a)),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ')),
    box('jp2h', box('ihdr', header), box('colr', Buffer.of(1, 0, 0, 0, 0, 0, 16))),
    box('jp2c', stream),
  ])
}
