import { clamp } from '../interpolation.ts'

/** Gaussian blur with the given deviation in pixels, of a picture with three values a pixel. */
export function blur(picture: Float32Array, width: number, height: number, deviation: number): Float32Array {
  const radius = Math.ceil(2 * deviation)
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * deviation ** 2)),
  )
  const sum = weights.reduce((a, b) => a + b)
  const kernel = Float32Array.from(weights, (w) => w / sum)
  const across = alongLines(picture, width, height, 3, 3 * width, kernel)
  return alongLines(across, height, width, 3 * width, 3, kernel)
}

/** Convolves along lines of `length` pixels, `step` apart; the `lines` lie `stride` apart. Edges are repeated. */
function alongLines(
  source: Float32Array,
  length: number,
  lines: number,
  step: number,
  stride: number,
  kernel: Float32Array,
): Float32Array {
  const result = new Float32Array(source.length)
  const radius = (kernel.length - 1) / 2
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const to = line * stride + i * step
      for (let k = -radius; k <= radius; k++) {
        const from = line * stride + clamp(i + k, 0, length - 1) * step
        const weight = kernel[k + radius]!
        result[to]! += weight * source[from]!
        result[to + 1]! += weight * source[from + 1]!
        result[to + 2]! += weight * source[from + 2]!
      }
    }
  }
  return result
}
