import { Fault } from '../check/index.ts'
import { damaged, type PictureSize } from './limits.ts'

/** Boxes before the code stream; real files have four or five. */
const MAX_BOXES = 100
/** Marker segments in the main header. */
const MAX_SEGMENTS = 100
/** Each tile costs the decoder kilobytes before it sees a pixel. */
const MAX_TILES = 256
const MAX_LAYERS = 64
const MAX_TILE_PARTS = 4_096
/** Precincts below 2^4 pixels a side make the decoder's bookkeeping larger than the picture. */
const MIN_PRECINCT_EXPONENT = 4

const START_OF_TILE_PART = 0xff90
const START_OF_DATA = 0xff93
const CODING_STYLE = 0xff52
const COMPONENT_CODING_STYLE = 0xff53

/** The facts of a JPEG 2000 code stream's main header that say what decoding it will cost. */
export interface Jpeg2000Header extends PictureSize {
  /** Where the picture begins on the grid that sizes are counted on. */
  readonly left: number
  readonly top: number
  readonly components: number
  readonly bits: number
  /** So many times was every component halved: so often can it be decoded at half its size. */
  readonly levels: number
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
  const { tiles, ...header } = readSiz(view, start + 4)
  const { levels, end } = readMainHeader(view, start + 4 + view.getUint16(start + 4))
  holdTileParts(view, end, tiles)
  return { ...header, levels }
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
function readSiz(view: DataView, at: number): Omit<Jpeg2000Header, 'levels'> & { readonly tiles: number } {
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
  return { width, height, left: field(2), top: field(3), components, bits: precision + 1, tiles }
}

/** Walks the main header's segments to where the first tile part begins. */
function readMainHeader(view: DataView, start: number): { readonly levels: number; readonly end: number } {
  let at = start
  let levels = Number.POSITIVE_INFINITY
  for (let segment = 0; segment < MAX_SEGMENTS; segment++) {
    const marker = view.getUint16(at)
    if (marker === START_OF_TILE_PART) return { levels, end: at }
    if (marker === CODING_STYLE) {
      const layers = view.getUint16(at + 6)
      if (layers > MAX_LAYERS) throw tooCostly(`${layers} layers`)
      levels = Math.min(levels, holdPrecincts(view, at + 4, at + 9))
    }
    if (marker === COMPONENT_CODING_STYLE) levels = Math.min(levels, holdPrecincts(view, at + 5, at + 6))
    at += 2 + view.getUint16(at + 2)
  }
  throw damaged('its JPEG 2000 header has no end')
}

/**
 * A.6.1 and A.6.2: `style` says whether sizes follow the parameters that begin at `at` with the number of levels, which is
 * returned; one byte a resolution.
 */
function holdPrecincts(view: DataView, style: number, at: number): number {
  const hasPrecincts = (view.getUint8(style) & 1) === 1
  const levels = view.getUint8(at)
  for (let level = 0; hasPrecincts && level <= levels; level++) {
    const exponents = view.getUint8(at + 5 + level)
    const isSmall = (exponents & 15) < MIN_PRECINCT_EXPONENT || exponents >> 4 < MIN_PRECINCT_EXPONENT
    if (isSmall) throw tooCostly('tiny precincts')
  }
  return levels
}

/**
 * A.4.2: walks the tile parts by their lengths. Each must lie inside the bytes, none may bring a coding style of its own
 * that was not looked at, and no tile may be missing: the decoder would leave it black and say nothing.
 */
function holdTileParts(view: DataView, start: number, tiles: number): void {
  const seen = new Set<number>()
  let at = start
  for (let part = 0; part < MAX_TILE_PARTS && at + 2 <= view.byteLength; part++) {
    if (view.getUint16(at) !== START_OF_TILE_PART) break
    const length = view.getUint32(at + 6)
    seen.add(view.getUint16(at + 4))
    holdTileHeader(view, at + 12)
    if (length === 0) break
    if (length < 14 || at + length > view.byteLength) throw damaged('it ends early')
    at += length
  }
  if (seen.size !== tiles) throw damaged('tiles are missing')
}

function holdTileHeader(view: DataView, start: number): void {
  let at = start
  for (let segment = 0; segment < MAX_SEGMENTS; segment++) {
    const marker = view.getUint16(at)
    if (marker === START_OF_DATA) return
    if (marker === CODING_STYLE || marker === COMPONENT_CODING_STYLE)
      throw unsupported('tiles of different coding style')
    at += 2 + view.getUint16(at + 2)
  }
  throw damaged('a tile has no data')
}

function unsupported(what: string): Fault {
  return new Fault('image-type-unsupported', 'unsupported', `JPEG 2000 with ${what} is not read`)
}

function tooCostly(what: string): Fault {
  return new Fault('image-too-large', 'too-large', `JPEG 2000 with ${what} is not read`)
}
