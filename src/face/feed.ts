import type { PerPlane, PlanarFormat } from '../image/index.ts'
import type { Model, ModelInput } from '../onnx/index.ts'

/** How a model wants its pixels, in the terms of `src/image`. */
export function planarFormat({ channels, mean, deviation }: ModelInput): PlanarFormat {
  return {
    order: channels === 'bgr' ? 'bgr' : 'rgb',
    mean: perPlane(mean),
    scale: perPlane(deviation.map((value) => 1 / value)),
  }
}

/** A buffer for the model's input, to be filled again for every picture. */
export function inputBuffer({ input }: Model): Float32Array {
  return new Float32Array(3 * input.width * input.height)
}

function perPlane(values: readonly number[]): PerPlane {
  const [first = 0, second = first, third = first] = values
  return [first, second, third]
}
