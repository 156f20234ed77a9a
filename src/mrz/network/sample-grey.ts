import type { Picture } from '../../image/index.ts'

/** Below this many picture pixels a sample, interpolation between pixels is better than an average of them. */
const AVERAGED_FROM = 1.6
/** Rows that are sampled together: so many streams of pixels a processor reads ahead. */
const BAND = 8

/**
 * Points of a picture in rows and columns, pixel centres at whole numbers: column `u` begins at (`x[u]`, `y[u]`) and goes
 * on by (`dx[u]`, `dy[u]`) from row to row.
 */
export interface Grid {
  readonly height: number
  readonly x: Float32Array
  readonly y: Float32Array
  readonly dx: Float32Array
  readonly dy: Float32Array
}

export function emptyGrid(width: number, height: number): Grid {
  const column = () => new Float32Array(width)
  return { height, x: column(), y: column(), dx: column(), dy: column() }
}

/**
 * The points of a window of `width` x `height`: its middle lies at (`x`, `y`) in the picture, it is turned by `angle`
 * (radians, clockwise) and one of its pixels is `scale` of the picture's.
 */
export function windowGrid(
  { x, y, angle, scale }: { x: number; y: number; angle: number; scale: number },
  width: number,
  height: number,
): Grid {
  const grid = emptyGrid(width, height)
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  const dv = (1 - height) / 2
  for (let u = 0; u < width; u++) {
    const du = u - (width - 1) / 2
    grid.x[u] = x + du * c - dv * s
    grid.y[u] = y + du * s + dv * c
  }
  grid.dx.fill(-s)
  grid.dy.fill(c)
  return grid
}

/**
 * The picture's luma (0 to 255, ITU-R BT.601) at each point, row by row. `step` is the distance of neighbouring points in
 * picture pixels: what lies between them is averaged. Beyond the picture the nearest edge continues.
 */
export function sampleGrey(picture: Picture, grid: Grid, step: number): Float32Array {
  return step < AVERAGED_FROM ? interpolated(picture, grid) : averaged(picture, grid, step)
}

function interpolated({ data, width, height }: Picture, { height: rows, x, y, dx, dy }: Grid): Float32Array {
  const columns = x.length
  const out = new Float32Array(columns * rows)
  const stride = width * 3
  // So little short of the last pixel there is always a next one.
  const [right, bottom] = [Math.max(0, width - 1.001), Math.max(0, height - 1.001)]
  const [next, under] = [width > 1 ? 3 : 0, height > 1 ? stride : 0]
  for (let v = 0, i = 0; v < rows; v++) {
    for (let u = 0; u < columns; u++, i++) {
      const sx = Math.max(0, Math.min(x[u]! + v * dx[u]!, right))
      const sy = Math.max(0, Math.min(y[u]! + v * dy[u]!, bottom))
      const [left, top] = [sx | 0, sy | 0]
      const p = top * stride + left * 3
      const [q, share, below] = [p + under, sx - left, sy - top]
      const a = data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29
      const b = data[p + next]! * 77 + data[p + next + 1]! * 150 + data[p + next + 2]! * 29
      const c = data[q]! * 77 + data[q + 1]! * 150 + data[q + 2]! * 29
      const d = data[q + next]! * 77 + data[q + next + 1]! * 150 + data[q + next + 2]! * 29
      out[i] = ((a + (b - a) * share) * (1 - below) + (c + (d - c) * share) * below) / 256
    }
  }
  return out
}

/**
 * Four pixels a point: nine read no better and take twice as long. Green alone stands for luma: averages of it tell the same.
 * Few rows at a time, column by column: a point follows from the one above, and the picture is still gone through in order.
 */
function averaged({ data, width, height }: Picture, { height: rows, x, y, dx, dy }: Grid, step: number): Float32Array {
  const columns = x.length
  const out = new Float32Array(columns * rows)
  const stride = width * 3
  const reach = Math.min(step, width - 1, height - 1) / 4
  // Added before rounding down. Points keep so far from the edge that all four pixels are in the picture.
  const [near, far] = [0.5 - reach, 0.5 + reach]
  const [right, bottom] = [width - 1 - far, height - 1 - far]
  for (let first = 0; first < rows; first += BAND) {
    const last = Math.min(rows, first + BAND)
    for (let u = 0; u < columns; u++) {
      const [across, down] = [dx[u]!, dy[u]!]
      let px = x[u]! + first * across
      let py = y[u]! + first * down
      for (let v = first, i = first * columns + u; v < last; v++, i += columns, px += across, py += down) {
        const sx = Math.max(-near, Math.min(px, right))
        const sy = Math.max(-near, Math.min(py, bottom))
        const x0 = ((sx + near) | 0) * 3 + 1
        const x1 = ((sx + far) | 0) * 3 + 1
        const y0 = ((sy + near) | 0) * stride
        const y1 = ((sy + far) | 0) * stride
        out[i] = (data[y0 + x0]! + data[y0 + x1]! + data[y1 + x0]! + data[y1 + x1]!) / 4
      }
    }
  }
  return out
}

/** Shifts and scales samples in place to mean 0 and deviation 1; `floor` is the least deviation taken for contrast. */
export function normalise(samples: Float32Array, floor: number): Float32Array {
  let sum = 0
  let squares = 0
  for (let i = 0; i < samples.length; i++) {
    sum += samples[i]!
    squares += samples[i]! * samples[i]!
  }
  const mean = sum / samples.length
  const deviation = Math.max(Math.sqrt(Math.max(squares / samples.length - mean * mean, 0)), floor)
  const factor = 1 / deviation
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i]! - mean) * factor
  return samples
}
