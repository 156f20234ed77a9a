import type { Constant } from './graph.ts'

/** The shape and values of a filter. */
type Filter = [shape: number[], data: Float32Array]

type Axes = [number, number, number, number]

/** A TensorFlow filter, [height, width, in, out], as ONNX wants it: [out, in, height, width]. */
export const standardFilter = (filter: Constant): Filter => permuted(filter, [3, 2, 0, 1])

/** A depthwise filter, [height, width, channels, multiplier], as [channels * multiplier, 1, height, width]. */
export function depthwiseFilter(filter: Constant): Filter {
  const [[channels = 0, multiplier = 0, height = 0, width = 0], data] = permuted(filter, [2, 3, 0, 1])
  return [[channels * multiplier, 1, height, width], data]
}

function permuted({ shape, data }: Constant, axes: Axes): Filter {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const sizes = axes.map((axis) => shape[axis] ?? 0) as Axes
  const [stepA, stepB, stepC, stepD] = axes.map((axis) => strides[axis] ?? 0) as Axes
  const [sizeA, sizeB, sizeC, sizeD] = sizes
  const values = new Float32Array(data.length)
  let next = 0
  for (let a = 0; a < sizeA; a++)
    for (let b = 0; b < sizeB; b++)
      for (let c = 0; c < sizeC; c++)
        for (let d = 0; d < sizeD; d++) values[next++] = Number(data[a * stepA + b * stepB + c * stepC + d * stepD])
  return [[...sizes], values]
}
