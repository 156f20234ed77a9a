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
      const i = y * width + x
      if (!(differs(i, i - 1) || differs(i, i + 1) || differs(i, i - width) || differs(i, i + width))) continue
      for (let at = 3 * i; at < 3 * i + 3; at++) {
        const across = source[at - 3]! + source[at + 3]!
        const along = source[at - 3 * width]! + source[at + 3 * width]!
        picture[at] = (2 * source[at]! + across + along) / 6
      }
    }
  }
}
