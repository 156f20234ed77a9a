import type { Constant } from './graph.ts'

/** The shape and values of a filter. */
type Filter = [shape: number[], data: Float32Array]

/** A TensorFlow filter, [height, width, in, out], as ONNX wants it: [out, in, height, width]. */
export const standardFilter = (filter: Constant): Filter => permuted(filter, [3, 2, 0, 1])

/** A depthwise filter, [height, width, channels, multiplier], as [channels * multiplier, 1, height, width]. */
export function depthwiseFilter(filter: Constant): Filter {
  const [[channels = 0, multiplier = 0, height = 0, width = 0], data] = permuted(filter, [2, 3, 0, 1])
  return [[channels * multiplier, 1, height, width], data]
}

function permuted({ shape, data }: Constant, axes: readonly number[]): Filter {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const size = (axis: number) => shape[axes[axis] ?? 0] ?? 0
  const stride = (axis: number) => strides[axes[axis] ?? 0] ?? 0
  const values = new Float32Array(data.length)
  let next = 0
  for (let a = 0; a < size(0); a++)
    for (let b = 0; b < size(1); b++)
      for (let c = 0; c < size(2); c++)
        for (let d = 0; d < size(3); d++)
          values[next++] = Number(data[a * stride(0) + b * stride(1) + c * stride(2) + d * stride(3)])
  return [axes.map((_, axis) => size(axis)), values]
}
