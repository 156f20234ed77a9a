import type { Constant } from './graph.ts'

/** One entry of a TensorFlow.js weights manifest. */
export interface WeightEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32'
  readonly quantization?: { readonly dtype: 'uint8' | 'float16'; readonly scale?: number; readonly min?: number }
}

/**
 * Decodes the weights that follow each other in `bytes`, in the manifest's order: plain, as halves, or as bytes that
 * stand for `q * scale + min` (computed in double precision, rounded once).
 * Throws when the manifest and the bytes do not agree in length.
 */
export function decodeWeights(entries: readonly WeightEntry[], bytes: Uint8Array): Map<string, Constant> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const weights = new Map<string, Constant>()
  let offset = 0
  for (const entry of entries) {
    const count = entry.shape.reduce((product, size) => product * size, 1)
    const size = elementBytes(entry)
    if (offset + count * size > bytes.length) throw new Error(`the weights end inside ${entry.name}`)
    const read = elementReader(entry, view)
    const data = entry.dtype === 'int32' ? new Int32Array(count) : new Float32Array(count)
    const rounded = entry.dtype === 'int32' ? Math.round : (value: number) => value
    for (let index = 0; index < count; index++) data[index] = rounded(read(offset + index * size))
    weights.set(entry.name, { shape: entry.shape, data })
    offset += count * size
  }
  if (offset !== bytes.length) throw new Error(`${bytes.length - offset} bytes follow the last weight`)
  return weights
}

function elementBytes({ quantization }: WeightEntry): number {
  if (!quantization) return 4
  return quantization.dtype === 'uint8' ? 1 : 2
}

function elementReader({ dtype, quantization }: WeightEntry, view: DataView): (offset: number) => number {
  if (quantization?.dtype === 'uint8') {
    const { scale = 1, min = 0 } = quantization
    return (offset) => view.getUint8(offset) * scale + min
  }
  if (quantization) return (offset) => halfToNumber(view.getUint16(offset, true))
  return dtype === 'int32' ? (offset) => view.getInt32(offset, true) : (offset) => view.getFloat32(offset, true)
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
