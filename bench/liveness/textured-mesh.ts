import type { Picture } from '../../src/image/index.ts'

/** A corner of a triangle: where it is drawn, how far away it is, and which point of the texture lies there. Pixels. */
export interface Vertex {
  readonly x: number
  readonly y: number
  readonly depth: number
  readonly u: number
  readonly v: number
  /** How much of the lamp's light falls on it, 0 to 1: how far it shows the lit texture instead of the other. */
  readonly light: number
}

export type Triangle = readonly [number, number, number]

/** Draws textured triangles over a picture, the nearest on top. `lit` is the texture under a lamp. */
export function drawTextured(
  onto: Picture,
  texture: Picture,
  lit: Picture,
  vertices: readonly Vertex[],
  triangles: readonly Triangle[],
): Picture {
  const { width, height } = onto
  const data = Uint8Array.from(onto.data)
  const nearest = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY)
  for (const [i, j, k] of triangles) {
    const [a, b, c] = [vertices[i]!, vertices[j]!, vertices[k]!]
    const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
    if (Math.abs(area) < 1e-6) continue
    const left = Math.max(0, Math.ceil(Math.min(a.x, b.x, c.x)))
    const right = Math.min(width - 1, Math.floor(Math.max(a.x, b.x, c.x)))
    const top = Math.max(0, Math.ceil(Math.min(a.y, b.y, c.y)))
    const bottom = Math.min(height - 1, Math.floor(Math.max(a.y, b.y, c.y)))
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const wb = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area
        const wc = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area
        const wa = 1 - wb - wc
        if (wa < -1e-6 || wb < -1e-6 || wc < -1e-6) continue
        const depth = wa * a.depth + wb * b.depth + wc * c.depth
        const pixel = y * width + x
        if (depth >= nearest[pixel]!) continue
        nearest[pixel] = depth
        const [u, v] = [wa * a.u + wb * b.u + wc * c.u, wa * a.v + wb * b.v + wc * c.v]
        const light = wa * a.light + wb * b.light + wc * c.light
        for (let channel = 0; channel < 3; channel++) {
          const dark = sample(texture, u, v, channel)
          const bright = lit === texture ? dark : sample(lit, u, v, channel)
          data[3 * pixel + channel] = Math.round(dark + light * (bright - dark))
        }
      }
    }
  }
  return { width, height, data }
}

/** One channel, bilinear; the edge goes on for ever. */
function sample({ data, width, height }: Picture, u: number, v: number, channel: number): number {
  const x = Math.min(Math.max(u, 0), width - 1.001)
  const y = Math.min(Math.max(v, 0), height - 1.001)
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, below] = [x - left, y - top]
  const p = 3 * (top * width + left) + channel
  const q = p + 3 * width
  const upper = data[p]! + (data[p + 3]! - data[p]!) * right
  const lower = data[q]! + (data[q + 3]! - data[q]!) * right
  return upper + (lower - upper) * below
}
