import { Fault } from '../check/index.ts'
import sharp from './codec.ts'
import { sizeOfKind } from './header.ts'
import { decodeJpeg2000 } from './jpeg2000.ts'
import { type PictureKind, pictureKind } from './kind.ts'
import { damaged, holdToLimits, JPEG2000_LIMITS, PICTURE_LIMITS, type PictureLimits } from './limits.ts'
import type { Picture } from './picture.ts'

/** Every scan of a progressive JPEG costs a pass over all coefficients; encoders write about ten. */
const MAX_JPEG_SCANS = 64

/**
 * Decodes JPEG, PNG, WebP and JPEG 2000 to sRGB with EXIF orientation applied; transparent parts become white,
 * only the first picture of an animation is read. A picture that ends early is refused, not half shown.
 * `limits` narrows the defaults; JPEG 2000 has narrower ones of its own. A shorter side of `enough` pixels will do: only
 * JPEG 2000, whose decoding costs most, comes smaller for it, by a power of two.
 * Throws `image-empty`, `image-heic-unsupported`, `image-type-unsupported`, `image-too-large` or `image-damaged`.
 */
export async function decodePicture(
  bytes: Uint8Array,
  limits: PictureLimits = PICTURE_LIMITS,
  enough = Number.POSITIVE_INFINITY,
): Promise<Picture> {
  const kind = pictureKind(bytes)
  const isJpeg2000 = kind === 'jp2' || kind === 'j2k'
  const narrowed = isJpeg2000 ? narrower(limits, JPEG2000_LIMITS) : limits
  if (bytes.length > narrowed.bytes) {
    throw new Fault('image-too-large', 'too-large', `the picture has more than ${narrowed.bytes} bytes`)
  }
  holdToLimits(sizeOfKind(bytes, kind), narrowed)
  if (isJpeg2000) return decodeJpeg2000(bytes, enough)
  if (kind === 'jpeg') holdScans(bytes)
  return decodeCommon(bytes, kind, narrowed)
}

async function decodeCommon(bytes: Uint8Array, kind: PictureKind, limits: PictureLimits): Promise<Picture> {
  try {
    const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: limits.pixels, pages: 1 })
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 3) throw damaged(`${info.channels} channels after conversion to sRGB`)
    return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) }
  } catch (error) {
    if (error instanceof Fault) throw error
    throw damaged(`its ${kind.toUpperCase()} data does not decode`, error)
  }
}

/** Counts start-of-scan markers; entropy-coded data cannot contain one (ITU-T T.81 B.1.1.5). */
function holdScans(bytes: Uint8Array): void {
  const startOfScan = Buffer.of(0xff, 0xda)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let scans = 0
  for (let at = buffer.indexOf(startOfScan); at >= 0; at = buffer.indexOf(startOfScan, at + 2)) {
    if (++scans > MAX_JPEG_SCANS) throw new Fault('image-too-large', 'too-large', 'the JPEG has too many scans')
  }
}

function narrower(a: PictureLimits, b: PictureLimits): PictureLimits {
  return {
    bytes: Math.min(a.bytes, b.bytes),
    pixels: Math.min(a.pixels, b.pixels),
    side: Math.min(a.side, b.side),
  }
}
