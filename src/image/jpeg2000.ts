import loadDecoder from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import { Fault } from '../check/index.ts'
import { type Jpeg2000Header, readJpeg2000Header } from './jpeg2000-header.ts'
import { damaged, type PictureSize } from './limits.ts'
import type { Picture } from './picture.ts'

/** OpenJPEG's OPJ_CLRSPC_SYCC: luma and chroma as in ITU-R BT.601, full range. */
const SYCC = 3

/** OpenJPEG's number for every quality layer that is there. */
const ALL_LAYERS = 0

/** The codec prints to the console unless told where to. */
const SILENT = { print() {}, printErr() {} }

let decoder: ReturnType<typeof loadDecoder> | undefined

/**
 * Decodes a JP2 file or a raw JPEG 2000 code stream whose header has been held to limits, as often halved as its shorter
 * side stays at least `enough`: half the size costs less than half as much.
 * Loads the codec (WebAssembly) on first use, once a thread. Throws `image-damaged`.
 */
export async function decodeJpeg2000(bytes: Uint8Array, enough = Number.POSITIVE_INFINITY): Promise<Picture> {
  const stated = readJpeg2000Header(bytes)
  const halvings = halvingsTo(enough, stated)
  const { width, height } = halved(stated, halvings)
  decoder ??= loadDecoder(SILENT)
  const { J2KDecoder } = await decoder
  const codec = new J2KDecoder()
  try {
    codec.getEncodedBuffer(bytes.length).set(bytes)
    codec.decodeSubResolution(halvings, ALL_LAYERS)
    const { bitsPerSample: bits, componentCount: components, ...frame } = codec.getFrameInfo()
    const samples = codec.getDecodedBuffer()
    const expected = width * height * components * (bits > 8 ? 2 : 1)
    // The codec does not throw on bad input; it leaves an empty frame behind. A frame states the whole picture's size.
    const isWhole = frame.width === stated.width && frame.height === stated.height && samples.length === expected
    if (!isWhole || (components !== 1 && components !== 3)) throw damaged('its code stream does not decode')
    const data = toRgb(samples, width * height, components, bits)
    if (codec.getColorSpace() === SYCC) luminanceChromaToRgb(data)
    return { width, height, data }
  } catch (error) {
    if (error instanceof Fault) throw error
    // An abort inside WebAssembly leaves the module's memory in an unknown state.
    decoder = undefined
    throw damaged('its code stream does not decode', error)
  } finally {
    if (decoder) codec.delete()
  }
}

function halvingsTo(enough: number, stated: Jpeg2000Header): number {
  let halvings = 0
  while (halvings < stated.levels) {
    const { width, height } = halved(stated, halvings + 1)
    if (Math.min(width, height) < enough) break
    halvings++
  }
  return halvings
}

/** ITU-T T.800 B.5: halving keeps the grid's even points. */
function halved({ left, top, width, height }: Jpeg2000Header, halvings: number): PictureSize {
  const on = (edge: number) => Math.ceil(edge / 2 ** halvings)
  return { width: on(left + width) - on(left), height: on(top + height) - on(top) }
}

/** Interleaved samples of one or three components, 1 to 16 bits, to 8-bit RGB. */
function toRgb(samples: Uint8Array, pixels: number, components: number, bits: number): Uint8Array {
  if (components === 3 && bits === 8) return Uint8Array.from(samples)
  const data = new Uint8Array(pixels * 3)
  const highest = 2 ** bits - 1
  const wide = bits > 8 ? new DataView(samples.buffer, samples.byteOffset, samples.byteLength) : undefined
  for (let i = 0; i < data.length; i++) {
    const at = components === 3 ? i : (i / 3) | 0
    const sample = wide ? wide.getUint16(2 * at, true) : samples[at]!
    data[i] = bits === 8 ? sample : Math.round((sample * 255) / highest)
  }
  return data
}

function luminanceChromaToRgb(data: Uint8Array): void {
  const byte = (value: number) => Math.min(255, Math.max(0, Math.round(value)))
  for (let i = 0; i < data.length; i += 3) {
    const y = data[i]!
    const blue = data[i + 1]! - 128
    const red = data[i + 2]! - 128
    data[i] = byte(y + 1.402 * red)
    data[i + 1] = byte(y - 0.344136 * blue - 0.714136 * red)
    data[i + 2] = byte(y + 1.772 * blue)
  }
}
