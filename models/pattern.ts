/**
 * A picture made from a formula, for comparing two runtimes: slow waves with a fine ripple, whole numbers 0 to 255, so
 * that no rounding of the sine can matter. Planar: channel, row, column.
 */
export function pattern(size: number): Float32Array {
  const planes = new Float32Array(3 * size * size)
  let next = 0
  for (let channel = 0; channel < 3; channel++)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const waves = 100 * Math.sin((x / size) * 9 + channel) * Math.cos((y / size) * 7 - channel)
        const ripple = 20 * Math.sin(x * 7 + y * 13 + channel * 5)
        planes[next++] = Math.round(127.5 + waves + ripple)
      }
  return planes
}

/** What a model is fed of that picture: `(value - mean) / deviation` of each plane. */
export function fed(planes: Float32Array, mean: readonly number[], deviation: readonly number[]): Float32Array {
  const plane = planes.length / 3
  return planes.map((value, index) => {
    const channel = Math.floor(index / plane)
    return (value - (mean[channel] ?? 0)) / (deviation[channel] ?? 1)
  })
}
