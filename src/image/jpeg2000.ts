import loadDecoder from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import { Fault } from '../check/index.ts'
import { readJpeg2000Header } from './jpeg2000-header.ts'
import { damaged } from './limits.ts'
import type { Picture } from './picture.ts'

/** OpenJPEG's OPJ_CLRSPC_SYCC: luma and chroma as in ITU-R BT.601, full range. */
const SYCC = 3

/** The codec prints to the console unless told where to. */
const SILENT = { print() {}, printErr() {} }

let decoder: ReturnType<typeof loadDecoder> | undefined

/**
 * Decodes a JP2 file or a raw JPEG 2000 code stream whose header has been held to limits.
 * Loads the codec (WebAssembly) on first use, once a thread. Throws `image-damaged`.
 */
export async function decodeJpeg2000(bytes: Uint8Array): Promise<Picture> {
  const stated = readJpeg2000Header(bytes)
  decoder ??= loadDecoder(SILENT)
  const { J2KDecoder } = await decoder
  const codec = new J2KDecoder()
  try {
    codec.getEncodedBuffer(bytes.length).set(bytes)
    codec.decode()
    const frame = codec.getFrameInfo()
    const samples = codec.getDecodedBuffer()
    const { width, height, bitsPerSample: bits, componentCount: components } = frame
    const expected = width * height * components * (bits > 8 ? 2 : 1)
    // The codec does not throw on bad input; it leaves an empty frame behind.
    const isWhole = width === stated.width && height === stated.height && samples.length === expected
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

/** Interleaved samples of one or three components, 1 to 16 bits, to 8-bit RGB. */
function toRgb(samples: Uint8Array, pixels: number, components: number, bits: number): Uint8Array {
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
