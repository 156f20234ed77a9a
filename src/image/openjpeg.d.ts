/** What Genkend uses of the codec's Emscripten modules, which bring no types. */
interface OpenJpegFrame {
  width: number
  height: number
  bitsPerSample: number
  componentCount: number
  isSigned: boolean
}

interface OpenJpegDecoder {
  getEncodedBuffer(length: number): Uint8Array
  /** `level` halvings, and the first `layer` quality layers: 0 for all. */
  decodeSubResolution(level: number, layer: number): void
  getFrameInfo(): OpenJpegFrame
  getDecodedBuffer(): Uint8Array
  getColorSpace(): number
  delete(): void
}

interface OpenJpegEncoder {
  getDecodedBuffer(frame: OpenJpegFrame & { isUsingColorTransform: boolean }): Uint8Array
  setQuality(lossless: boolean, rate: number): void
  setCompressionRatio(layer: number, ratio: number): void
  encode(): void
  getEncodedBuffer(): Uint8Array
  delete(): void
}

interface OpenJpegOptions {
  print?(text: string): void
  printErr?(text: string): void
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export default function load(options: OpenJpegOptions): Promise<{ J2KDecoder: new () => OpenJpegDecoder }>
}

declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  export default function load(options: OpenJpegOptions): Promise<{ J2KEncoder: new () => OpenJpegEncoder }>
}
