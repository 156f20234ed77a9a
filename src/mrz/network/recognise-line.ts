import type { Model } from '../../onnx/index.ts'
import { STRIP_HEIGHT, STRIP_PITCH, type Strip } from './rectify-lines.ts'

/** The characters in the recogniser's order; after them comes blank. */
export const CHARACTERS = '<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
export const BLANK = CHARACTERS.length
export const CLASSES = CHARACTERS.length + 1

/** Pixels of the strip a frame; a character has four frames. */
const FRAME = 4
export const FRAMES_A_CELL = STRIP_PITCH / FRAME

/** Log-probabilities (natural) frame by frame: of the 37 characters, then of blank. */
export interface Frames {
  readonly count: number
  readonly logs: Float32Array
}

/** Runs the recogniser on strips of one width. */
export async function recogniseLines(recogniser: Model, strips: readonly Strip[]): Promise<Frames[]> {
  const width = strips[0]!.width
  const input = new Float32Array(strips.length * STRIP_HEIGHT * width)
  strips.forEach((strip, i) => {
    input.set(strip.data, i * STRIP_HEIGHT * width)
  })
  const outputs = await recogniser.run(input, [strips.length, 1, STRIP_HEIGHT, width])
  const { data } = Object.values(outputs)[0]!
  const count = width / FRAME
  return strips.map((_, i) => ({ count, logs: data.subarray(i * count * CLASSES, (i + 1) * count * CLASSES) }))
}

/** In place, over `length` values from `offset`. */
export function logSoftmax(values: Float32Array, offset: number, length: number): void {
  let most = -Infinity
  for (let i = offset; i < offset + length; i++) most = Math.max(most, values[i]!)
  let sum = 0
  for (let i = offset; i < offset + length; i++) sum += Math.exp(values[i]! - most)
  const total = most + Math.log(sum)
  for (let i = offset; i < offset + length; i++) values[i]! -= total
}
