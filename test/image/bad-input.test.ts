import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodePicture, encodeJpeg, encodeJpeg2000, encodePng, PICTURE_LIMITS } from '../../src/image/index.ts'
import { painted, ramp } from './pictures.ts'

const text = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)))

const changed = (bytes: Uint8Array, at: number, values: number[]) => {
  const copy = Uint8Array.from(bytes)
  copy.set(values, at)
  return copy
}

/** A JPEG header of 20 000 x 13 000 pixels with nothing behind it. */
const hugeJpeg = text([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0x32, 0xc8, 0x4e, 0x20, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])

describe('pictures that are refused', () => {
  let jpeg: Uint8Array
  let png: Uint8Array
  let j2k: Uint8Array

  beforeAll(async () => {
    const picture = painted(200, 100, (x, y) => [(x * 37) & 255, (y * 91) & 255, (x * y) & 255])
    jpeg = await encodeJpeg(picture)
    png = await encodePng(picture)
    j2k = await encodeJpeg2000(picture)
    await decodePicture(j2k)
  })

  const CASES: readonly (readonly [string, string, string, () => Uint8Array])[] = [
    ['no bytes', 'image-empty', 'malformed', () => new Uint8Array()],
    ['one byte', 'image-type-unsupported', 'unsupported', () => text([0xff])],
    ['plain text', 'image-type-unsupported', 'unsupported', () => text('{"a": 1}')],
    ['HEIC', 'image-heic-unsupported', 'unsupported', () => text([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic')],
    ['AVIF', 'image-heic-unsupported', 'unsupported', () => text([0, 0, 0, 24], 'ftypavif', [0, 0, 0, 0], 'mif1avif')],
    ['GIF', 'image-type-unsupported', 'unsupported', () => text('GIF89a', [1, 0, 1, 0, 0, 0, 0])],
    ['TIFF', 'image-type-unsupported', 'unsupported', () => text('II*\0', [8, 0, 0, 0])],
    ['SVG', 'image-type-unsupported', 'unsupported', () => text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['PDF', 'image-type-unsupported', 'unsupported', () => text('%PDF-1.7')],
    ['a JPEG start and then SVG', 'image-damaged', 'malformed', () => text([0xff, 0xd8, 0xff], '<svg width="9"/>')],
    [
      'a PNG start and then PDF',
      'image-damaged',
      'malformed',
      () => text([...png.subarray(0, 8)], '%PDF-1.7 ....................'),
    ],
    ['a JPEG of 20 000 x 13 000', 'image-too-large', 'too-large', () => hugeJpeg],
    ['a PNG of 2^31 columns', 'image-too-large', 'too-large', () => changed(png, 16, [0x7f, 0xff, 0xff, 0xff])],
    ['a PNG without rows', 'image-damaged', 'malformed', () => changed(png, 20, [0, 0, 0, 0])],
    ['a PNG with a wrong checksum', 'image-damaged', 'malformed', () => changed(png, 20, [0, 0, 0, 99])],
    ['a JPEG cut in half', 'image-damaged', 'malformed', () => jpeg.subarray(0, jpeg.length >> 1)],
    ['a JPEG without its last row', 'image-damaged', 'malformed', () => jpeg.subarray(0, jpeg.length - 40)],
    ['a JPEG cut in its header', 'image-damaged', 'malformed', () => jpeg.subarray(0, 30)],
    ['a PNG cut in half', 'image-damaged', 'malformed', () => png.subarray(0, png.length >> 1)],
    ['a WebP of nothing', 'image-damaged', 'malformed', () => text('RIFF', [0, 0, 0, 0], 'WEBP')],
    [
      'JPEG segments without end',
      'image-damaged',
      'malformed',
      () => text([0xff, 0xd8], Array(8_000).fill([0xff, 0xe1, 0, 2]).flat()),
    ],
    [
      'a JPEG of too many scans',
      'image-too-large',
      'too-large',
      () => text([...jpeg], Array(100).fill([0xff, 0xda]).flat()),
    ],
    ['JPEG 2000 cut in half', 'image-damaged', 'malformed', () => j2k.subarray(0, j2k.length >> 1)],
    ['JPEG 2000 cut in its header', 'image-damaged', 'malformed', () => j2k.subarray(0, 40)],
    [
      'JPEG 2000 of 60 000 x 60 000',
      'image-too-large',
      'too-large',
      () => changed(j2k, 8, [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]),
    ],
    ['JPEG 2000 with twice its width', 'image-damaged', 'malformed', () => changed(j2k, 8, [0, 0, 1, 0x90])],
    [
      'JPEG 2000 in tiles of one pixel',
      'image-too-large',
      'too-large',
      () => changed(j2k, 24, [0, 0, 0, 1, 0, 0, 0, 1]),
    ],
    ['JPEG 2000 in no tiles', 'image-damaged', 'malformed', () => changed(j2k, 24, [0, 0, 0, 0, 0, 0, 0, 0])],
    ['JPEG 2000 with 16 384 components', 'image-damaged', 'malformed', () => changed(j2k, 40, [0x40, 0])],
    ['JPEG 2000 with sub-sampled colour', 'image-type-unsupported', 'unsupported', () => changed(j2k, 46, [2, 2])],
    [
      'JPEG 2000 of 65 535 layers',
      'image-too-large',
      'too-large',
      () => changed(j2k, j2kCodingStyle(j2k) + 6, [0xff, 0xff]),
    ],
    ['a JP2 file without code stream', 'image-damaged', 'malformed', () => jp2()],
    ['a JP2 file with a box of no length', 'image-damaged', 'malformed', () => jp2([0, 0, 0, 0], 'ftyp')],
    ['a JP2 file with a box beyond its end', 'image-damaged', 'malformed', () => jp2([0x7f, 0, 0, 0], 'ftyp')],
  ]

  it.each(CASES)('%s: %s (%s)', async (_, code, kind, bytes) => {
    const input = bytes()
    const started = performance.now()
    await expect(decodePicture(input)).rejects.toMatchObject({ name: 'Fault', code, kind })
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('more bytes than the limit, whatever they are', async () => {
    const limits = { ...PICTURE_LIMITS, bytes: 1_000 }
    await expect(decodePicture(jpeg, limits)).rejects.toMatchObject({ code: 'image-too-large' })
  })

  it('more pixels than the caller allows', async () => {
    await expect(decodePicture(jpeg, { ...PICTURE_LIMITS, pixels: 19_999 })).rejects.toMatchObject({
      code: 'image-too-large',
    })
    await expect(decodePicture(jpeg, { ...PICTURE_LIMITS, pixels: 20_000 })).resolves.toMatchObject({ width: 200 })
  })

  it('the codecs go on after any of these', async () => {
    await expect(decodePicture(jpeg)).resolves.toMatchObject({ width: 200, height: 100 })
    await expect(decodePicture(j2k)).resolves.toMatchObject({ width: 200, height: 100 })
  })

  it('flipped bytes give a picture or a typed fault, never anything else', async () => {
    const seeds = [jpeg, png, j2k, await sharp(Buffer.from(png)).webp().toBuffer()]
    for (let i = 0; i < 300; i++) {
      const seed = seeds[i % seeds.length]!
      const at = (i * 7919) % seed.length
      const input = changed(seed, at, [seed[at]! ^ (1 << (i % 8))])
      const outcome = await decodePicture(input).catch((error: unknown) => error)
      if (outcome instanceof Error)
        expect(outcome).toMatchObject({ name: 'Fault', code: expect.stringMatching(/^image-/) })
    }
  })
})

function jp2(...boxes: (string | number[])[]): Uint8Array {
  return text([0, 0, 0, 12], 'jP  ', [0x0d, 0x0a, 0x87, 0x0a], ...boxes)
}

function j2kCodingStyle(j2k: Uint8Array): number {
  return Buffer.from(j2k).indexOf(Buffer.of(0xff, 0x52))
}

describe('no input touches another loader', () => {
  it('sharp refuses SVG even when asked directly', async () => {
    await decodePicture(await encodePng(ramp(8, 8)))
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    await expect(sharp(svg).raw().toBuffer()).rejects.toThrow()
  })
})
