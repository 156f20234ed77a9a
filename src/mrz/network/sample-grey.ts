import type { Picture } from '../../image/index.ts'

/** Below this many picture pixels a sample, interpolation between pixels is better than an average of them. */
const AVERAGED_FROM = 1.6

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
  if (step < AVERAGED_FROM) return interpolated(picture, grid)
  return isUpright(grid) ? averagedUpright(picture, grid, step) : averaged(picture, grid, step)
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

/** Four pixels a point: nine read no better and take twice as long. Green alone stands for luma: averages of it tell the same. */
function averaged(picture: Picture, grid: Grid, step: number): Float32Array {
  const { data, width, height } = picture
  const { height: rows, x, y, dx, dy } = grid
  const columns = x.length
  const out = new Float32Array(columns * rows)
  const [right, bottom] = [width - 1, height - 1]
  const [near, far] = [0.5 - step / 4, 0.5 + step / 4]
  for (let v = 0, i = 0; v < rows; v++) {
    for (let u = 0; u < columns; u++, i++) {
      const [px, py] = [x[u]! + v * dx[u]!, y[u]! + v * dy[u]!]
      const x0 = Math.max(0, Math.min((px + near) | 0, right)) * 3 + 1
      const x1 = Math.max(0, Math.min((px + far) | 0, right)) * 3 + 1
      const y0 = Math.max(0, Math.min((py + near) | 0, bottom)) * width * 3
      const y1 = Math.max(0, Math.min((py + far) | 0, bottom)) * width * 3
      out[i] = (data[y0 + x0]! + data[y0 + x1]! + data[y1 + x0]! + data[y1 + x1]!) / 4
    }
  }
  return out
}

function isUpright({ x, y, dx, dy }: Grid): boolean {
  return x.every((_, u) => dx[u] === 0 && dy[u] === dy[0] && y[u] === y[0])
}

/** As `averaged`; with rows that lie along the picture's, which pixels are meant is worked out once a row and a column. */
function averagedUpright(
  { data, width, height }: Picture,
  { height: rows, x, y, dy }: Grid,
  step: number,
): Float32Array {
  const columns = x.length
  const out = new Float32Array(columns * rows)
  const offsets = (points: Float32Array, away: number) =>
    Int32Array.from(points, (at) => Math.max(0, Math.min((at + away) | 0, width - 1)) * 3 + 1)
  const [near, far] = [0.5 - step / 4, 0.5 + step / 4]
  const [left, right] = [offsets(x, near), offsets(x, far)]
  const rowAt = (at: number) => {
    const row = Math.max(0, Math.min(at | 0, height - 1)) * width * 3
    return data.subarray(row, row + width * 3)
  }
  for (let v = 0, i = 0; v < rows; v++) {
    const [above, below] = [rowAt(y[0]! + v * dy[0]! + near), rowAt(y[0]! + v * dy[0]! + far)]
    for (let u = 0; u < columns; u++, i++) {
      const [a, b] = [left[u]!, right[u]!]
      out[i] = (above[a]! + above[b]! + below[a]! + below[b]!) / 4
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
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i]! - mean) / deviation
  return samples
}
