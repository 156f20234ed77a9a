import type { View } from './rasteriser.ts'

/** Neighbours on different surfaces, or farther apart than this in depth (cm), have an edge between them. */
const EDGE_DEPTH_CM = 0.8

/** Smooths the stairs along outlines: pixels at an edge become the weighted mean of themselves and their neighbours. */
export function softenEdges({ camera, depth, surface }: View, picture: Float32Array): void {
  const { width, height } = camera
  const source = picture.slice()
  const differs = (a: number, b: number) => surface[a] !== surface[b] || Math.abs(depth[a]! - depth[b]!) > EDGE_DEPTH_CM
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x
      const around = [pixel - 1, pixel + 1, pixel - width, pixel + width] as const
      if (!around.some((other) => differs(pixel, other))) continue
      for (let c = 0; c < 3; c++) {
        let sum = 2 * source[3 * pixel + c]!
        for (const other of around) sum += source[3 * other + c]!
        picture[3 * pixel + c] = sum / 6
      }
    }
  }
}
