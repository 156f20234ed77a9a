import { Fault } from '../check/index.ts'
import { damaged, type PictureSize } from './limits.ts'

/** Boxes before the code stream; real files have four or five. */
const MAX_BOXES = 100
/** Marker segments in the main header. */
const MAX_SEGMENTS = 100
/** Each tile costs the decoder kilobytes before it sees a pixel. */
const MAX_TILES = 256
const MAX_LAYERS = 64
/** Precincts below 2^4 pixels a side make the decoder's bookkeeping larger than the picture. */
const MIN_PRECINCT_EXPONENT = 4

/** The facts of a JPEG 2000 code stream's main header that say what decoding it will cost. */
export interface Jpeg2000Header extends PictureSize {
  readonly components: number
  readonly bits: number
}

/**
 * Reads SIZ and COD of a JP2 file or a raw code stream (ITU-T T.800 annexes A and I) without decoding anything.
 * Throws `image-damaged`, `image-type-unsupported` (sub-sampled, signed or other than one or three components)
 * or `image-too-large` (tiles, layers or precincts that only a hostile file has).
 */
export function readJpeg2000Header(bytes: Uint8Array): Jpeg2000Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = view.getUint32(0) === 0xff4fff51 ? 0 : codeStreamStart(view)
  if (view.getUint32(start) !== 0xff4fff51) throw damaged('no JPEG 2000 code stream')
  const header = readSiz(view, start + 4)
  holdCodingStyle(view, start + 4 + view.getUint16(start + 4))
  return header
}

/** Annex I: walks the boxes to the contiguous code stream (`jp2c`). */
function codeStreamStart(view: DataView): number {
  let at = 0
  for (let box = 0; box < MAX_BOXES; box++) {
    const length = view.getUint32(at)
    const isExtended = length === 1
    if (view.getUint32(at + 4) === 0x6a703263) return at + (isExtended ? 16 : 8)
    if (isExtended || length < 8) break
    at += length
  }
  throw damaged('no JPEG 2000 code stream box')
}

/** A.5.1. `at` is where Lsiz stands. */
function readSiz(view: DataView, at: number): Jpeg2000Header {
  const field = (index: number) => view.getUint32(at + 4 + 4 * index)
  const width = field(0) - field(2)
  const height = field(1) - field(3)
  const tileWidth = field(4)
  const tileHeight = field(5)
  const components = view.getUint16(at + 36)
  if (view.getUint16(at) !== 38 + 3 * components) throw damaged('its SIZ segment contradicts itself')
  if (width < 1 || height < 1 || tileWidth < 1 || tileHeight < 1) throw damaged('the header states no extent')
  if (components !== 1 && components !== 3) throw unsupported(`${components} components`)
  const precision = view.getUint8(at + 38)
  for (let component = 0; component < components; component++) {
    const entry = at + 38 + 3 * component
    if (view.getUint8(entry) !== precision) throw unsupported('components of different depth')
    if (view.getUint8(entry + 1) !== 1 || view.getUint8(entry + 2) !== 1) throw unsupported('sub-sampled components')
  }
  if (precision > 15) throw unsupported('signed or deep samples')
  const tiles =
    Math.ceil((width + field(2) - field(6)) / tileWidth) * Math.ceil((height + field(3) - field(7)) / tileHeight)
  if (tiles > MAX_TILES) throw tooCostly(`${tiles} tiles`)
  return { width, height, components, bits: precision + 1 }
}

/** A.6.1: the default coding style, held to what an honest encoder writes. */
function holdCodingStyle(view: DataView, start: number): void {
  let at = start
  for (let segment = 0; segment < MAX_SEGMENTS; segment++) {
    const marker = view.getUint16(at)
    if (marker === 0xff90) break
    if (marker === 0xff52) {
      const layers = view.getUint16(at + 6)
      const levels = view.getUint8(at + 9)
      if (layers > MAX_LAYERS) throw tooCostly(`${layers} layers`)
      const hasPrecincts = (view.getUint8(at + 4) & 1) === 1
      for (let level = 0; hasPrecincts && level <= levels; level++) {
        const exponents = view.getUint8(at + 14 + level)
        const isSmall = (exponents & 15) < MIN_PRECINCT_EXPONENT || exponents >> 4 < MIN_PRECINCT_EXPONENT
        if (isSmall) throw tooCostly('tiny precincts')
      }
      return
    }
    at += 2 + view.getUint16(at + 2)
  }
  throw damaged('no JPEG 2000 coding style')
}

function unsupported(what: string): Fault {
  return new Fault('image-type-unsupported', 'unsupported', `JPEG 2000 with ${what} is not read`)
}

function tooCostly(what: string): Fault {
  return new Fault('image-too-large', 'too-large', `JPEG 2000 with ${what} is not read`)
}
