import { describe, expect, it } from 'vitest'
import { decodeWeights, halfToNumber, type WeightEntry } from '../../models/convert/tfjs-weights.ts'

describe('halves (IEEE 754 binary16)', () => {
  it.each([
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x0001, 2 ** -24],
    [0x3555, 0.333251953125],
    [0x7c00, Number.POSITIVE_INFINITY],
  ])('%i is %d', (bits, value) => {
    expect(halfToNumber(bits)).toBe(value)
  })
})

describe('TensorFlow.js weights', () => {
  const entries: readonly WeightEntry[] = [
    { name: 'plain', shape: [1], dtype: 'float32' },
    { name: 'bytes', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
    { name: 'indices', shape: [2], dtype: 'int32', quantization: { dtype: 'uint8', scale: 1.0001, min: 0 } },
    { name: 'half', shape: [], dtype: 'float32', quantization: { dtype: 'float16' } },
  ]
  const bytes = Uint8Array.of(0, 0, 0x80, 0x3f, 0, 4, 2, 200, 0, 0xc0)

  it('are decoded in their order, whatever they are stored as', () => {
    const weights = decodeWeights(entries, bytes)
    expect(
      Object.fromEntries([...weights].map(([name, { data }]) => [name, Array.from(data as Float32Array)])),
    ).toEqual({
      plain: [1],
      bytes: [-1, 1],
      indices: [2, 200],
      half: [-2],
    })
  })

  it('are refused when the bytes end early or go on', () => {
    expect(() => decodeWeights(entries, bytes.subarray(0, 9))).toThrow(/end inside half/)
    expect(() => decodeWeights(entries, Uint8Array.of(...bytes, 0))).toThrow(/1 bytes follow/)
  })
})
