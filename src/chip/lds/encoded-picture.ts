import { malformed } from '../der/index.ts'

/** Portraits and signatures of passports stay below one megapixel; a decoder is never asked for more than this. */
export const MAX_PICTURE_SIDE = 4_096
export const MAX_PICTURE_PIXELS = 4_000_000
/** Boxes of a JP2 file, or segments of a JPEG file, before the one that states the size. */
const MAX_PARTS = 1_000

/** A picture that is still encoded, and the size in pixels that its own header states. */
export interface EncodedPicture {
  readonly encoding: 'jpeg' | 'jpeg2000'
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/**
 * Tells what a picture of the chip is from its first bytes and reads its size before anything decodes it: the frame
 * header of JPEG (ITU-T T.81, B.2.2), SIZ of JPEG 2000 as JP2 file or raw code stream (ITU-T T.800, A.5.1 and I).
 * Throws `picture-unknown`, `picture-damaged`, `picture-too-large`.
 */
export function readEncodedPicture(bytes: Uint8Array): EncodedPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const encoding = encodingOf(view)
  if (encoding === undefined) throw malformed('picture-unknown', 'a picture that is neither JPEG nor JPEG 2000')
  const { width, height } = encoding === 'jpeg' ? jpegSize(view) : jpeg2000Size(view)
  if (width < 1 || height < 1) throw damaged()
  if (width > MAX_PICTURE_SIDE || height > MAX_PICTURE_SIDE || width * height > MAX_PICTURE_PIXELS) {
    throw malformed('picture-too-large', `a picture that declares ${width} x ${height} pixels`)
  }
  return { encoding, width, height, bytes }
}

const JP2_SIGNATURE_BOX = 0x6a502020
const CODE_STREAM_BOX = 0x6a703263
/** Start of code stream, then SIZ. */
const CODE_STREAM_START = 0xff4fff51

function encodingOf(view: DataView): EncodedPicture['encoding'] | undefined {
  if (view.byteLength < 12) return undefined
  const start = view.getUint32(0)
  if (start >>> 8 === 0xffd8ff) return 'jpeg'
  const isJpeg2000 = start === CODE_STREAM_START || (start === 12 && view.getUint32(4) === JP2_SIGNATURE_BOX)
  return isJpeg2000 ? 'jpeg2000' : undefined
}

type Size = Pick<EncodedPicture, 'width' | 'height'>

function jpegSize(view: DataView): Size {
  let at = 2
  for (let segment = 0; segment < MAX_PARTS && at + 9 <= view.byteLength; segment++) {
    if (view.getUint8(at) !== 0xff) break
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    // SOF0 to SOF15, without the three that define tables or are reserved.
    const isFrameHeader = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrameHeader) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (marker === 0xda || marker === 0xd9) break
    at += 2 + view.getUint16(at + 2)
  }
  throw damaged()
}

function jpeg2000Size(view: DataView): Size {
  const start = codeStreamStart(view)
  if (start + 24 > view.byteLength || view.getUint32(start) !== CODE_STREAM_START) throw damaged()
  const width = view.getUint32(start + 8) - view.getUint32(start + 16)
  const height = view.getUint32(start + 12) - view.getUint32(start + 20)
  return { width, height }
}

/** Walks the boxes of a JP2 file to its code stream. */
function codeStreamStart(view: DataView): number {
  if (view.getUint32(0) === CODE_STREAM_START) return 0
  let at = 0
  for (let box = 0; box < MAX_PARTS && at + 8 <= view.byteLength; box++) {
    const length = view.getUint32(at)
    if (view.getUint32(at + 4) === CODE_STREAM_BOX) return at + (length === 1 ? 16 : 8)
    if (length < 8) break
    at += length
  }
  throw damaged()
}

const damaged = () => malformed('picture-damaged', 'a picture whose header does not state its size')
