import { type Affine, invert, type Picture, type Point, similarity, warpToPlanar } from '../image/index.ts'
import type { Model, Tensor } from '../onnx/index.ts'
import { inputBuffer, planarFormat } from './feed.ts'

/** Describes a face by a vector of unit length, from its five points in the picture. Biometric data. */
export type Recogniser = (picture: Picture, fivePoints: readonly Point[]) => Promise<Float32Array>

/** Not to be called again before it answers. The descriptor is the caller's. `mirrored` takes the place of the model's own. */
export function createRecogniser(model: Model, mirrored = model.input.mirrored): Recogniser {
  const { width, height, crop } = model.input
  if (crop.kind !== 'points') throw new RangeError(`the recognition model ${model.id} states no template`)
  const template = crop.template.map(([x, y]) => ({ x, y }))
  const format = planarFormat(model.input)
  const out = inputBuffer(model)
  const describe = async () => descriptorOf(await model.run(out, [1, 3, height, width]))

  return async (picture, fivePoints) => {
    warpToPlanar(picture, alignment(fivePoints, template), width, height, format, out)
    const descriptor = Float32Array.from(await describe())
    if (mirrored) {
      mirrorRows(out, width)
      add(descriptor, await describe())
    }
    return toUnitLength(descriptor)
  }
}

/** Maps the crop to the picture so that the points come to lie as close as they can on the template's (Umeyama 1991). */
function alignment(points: readonly Point[], template: readonly Point[]): Affine {
  return invert(similarity(points, template))
}

/** A model has one descriptor; further outputs (age, sex) are shorter. */
function descriptorOf(outputs: Readonly<Record<string, Tensor>>): Float32Array {
  const byLength = Object.values(outputs).toSorted((a, b) => b.data.length - a.data.length)
  return byLength[0]?.data ?? new Float32Array()
}

function mirrorRows(planes: Float32Array, width: number): void {
  for (let start = 0; start < planes.length; start += width) planes.subarray(start, start + width).reverse()
}

function add(sum: Float32Array, more: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += more[i]!
}

function toUnitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return length > 0 ? vector.map((value) => value / length) : vector
}
