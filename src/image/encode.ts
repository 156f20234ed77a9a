import sharp from './codec.ts'
import type { Picture } from './picture.ts'

/** Encodes as baseline JPEG. `quality` is 1 to 100. */
export async function encodeJpeg(picture: Picture, quality = 90): Promise<Uint8Array> {
  return raw(picture).jpeg({ quality }).toBuffer()
}

/** Encodes as PNG. */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  return raw(picture).png().toBuffer()
}

/** Encodes as a raw JPEG 2000 code stream, about `ratio` times smaller than the pixels, as passport chips store portraits. */
export async function encodeJpeg2000(picture: Picture, ratio = 20): Promise<Uint8Array> {
  // The encoder's build is needed by the specimen issuer alone.
  const { default: load } = await import('@cornerstonejs/codec-openjpeg/wasmjs')
  const { J2KEncoder } = await load({ print() {}, printErr() {} })
  const encoder = new J2KEncoder()
  try {
    const { width, height, data } = picture
    const frame = { width, height, bitsPerSample: 8, componentCount: 3, isSigned: false, isUsingColorTransform: true }
    encoder.getDecodedBuffer(frame).set(data)
    // Not lossless, one quality layer; with none the codec ignores the ratio.
    encoder.setQuality(false, 1)
    encoder.setCompressionRatio(0, ratio)
    encoder.encode()
    return Uint8Array.from(encoder.getEncodedBuffer())
  } finally {
    encoder.delete()
  }
}

function raw({ width, height, data }: Picture): ReturnType<typeof sharp> {
  return sharp(data, { raw: { width, height, channels: 3 } })
}
