import { readJpeg2000Header } from './jpeg2000-header.ts'
import { type PictureKind, pictureKind } from './kind.ts'
import { damaged, type PictureSize } from './limits.ts'

/** More segments before the frame header than any camera writes. */
const MAX_JPEG_SEGMENTS = 1_000

/**
 * Reads width and height from the header alone, in microseconds, before EXIF orientation.
 * Throws what `pictureKind` throws, and `image-damaged` when the header is cut short or contradicts itself.
 */
export function pictureSize(bytes: Uint8Array): PictureSize {
  return sizeOfKind(bytes, pictureKind(bytes))
}

export function sizeOfKind(bytes: Uint8Array, kind: PictureKind): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (kind === 'jpeg') return jpegSize(view)
    if (kind === 'png') return pngSize(view)
    if (kind === 'webp') return webpSize(view)
    return readJpeg2000Header(bytes)
  } catch (error) {
    if (error instanceof RangeError) throw damaged('its header is cut short', error)
    throw error
  }
}

/** ITU-T T.81 B.1.1.4 and B.2.2: segments follow one another until the frame header, SOF0 to SOF15. */
function jpegSize(view: DataView): PictureSize {
  let at = 2
  for (let segment = 0; segment < MAX_JPEG_SEGMENTS; segment++) {
    if (view.getUint8(at) !== 0xff) throw damaged('no JPEG marker where one must be')
    while (view.getUint8(at + 1) === 0xff) at++
    const marker = view.getUint8(at + 1)
    const isFrameHeader = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrameHeader) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (marker === 0xda || marker === 0xd9) break
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += standsAlone ? 2 : 2 + view.getUint16(at + 2)
  }
  throw damaged('no JPEG frame header')
}

/** ISO/IEC 15948 11.2.2: IHDR is the first chunk. */
function pngSize(view: DataView): PictureSize {
  if (view.getUint32(12) !== fourCc('IHDR')) throw damaged('no PNG header chunk')
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** RFC 9649 2.5 to 2.7: a lossy, a lossless or an extended first chunk. */
function webpSize(view: DataView): PictureSize {
  const chunk = view.getUint32(12)
  if (chunk === fourCc('VP8X')) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  if (chunk === fourCc('VP8 ')) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (chunk === fourCc('VP8L')) {
    const packed = view.getUint32(21, true)
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) }
  }
  throw damaged('an unknown first WebP chunk')
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function fourCc(name: string): number {
  return (
    ((name.charCodeAt(0) << 24) | (name.charCodeAt(1) << 16) | (name.charCodeAt(2) << 8) | name.charCodeAt(3)) >>> 0
  )
}
