/** How much of each pixel of a rectangle a shape covers, 0 to 1; `left` and `top` place it on the canvas. */
export interface Coverage {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** A closed line through points, x y interleaved, in pixels; x to the right, y down. */
export type Contour = readonly number[]

/** Scan lines a row of pixels; along a line, coverage is exact. */
const LINES = 8

/** Fills contours where their winding number is not zero: contours that run the other way cut holes. */
export function fillContours(contours: readonly Contour[]): Coverage {
  const points = contours.flat()
  const left = Math.floor(least(points, 0))
  const top = Math.floor(least(points, 1))
  const width = Math.ceil(most(points, 0)) - left
  const height = Math.ceil(most(points, 1)) - top
  const values = new Float32Array(Math.max(width * height, 0))
  for (let line = 0; line < height * LINES; line++) {
    const y = top + (line + 0.5) / LINES
    const row = Math.floor(line / LINES) * width
    let winding = 0
    let start = 0
    for (const crossing of crossings(contours, y)) {
      if (winding === 0) start = crossing.x
      winding += crossing.direction
      if (winding === 0) addSpan(values, row, start - left, crossing.x - left)
    }
  }
  return { left, top, width, height, values }
}

interface Crossing {
  readonly x: number
  readonly direction: 1 | -1
}

/** Where the contours cross a horizontal line, from left to right. */
function crossings(contours: readonly Contour[], y: number): Crossing[] {
  const found: Crossing[] = []
  for (const contour of contours) {
    for (let i = 0; i < contour.length; i += 2) {
      const next = (i + 2) % contour.length
      const y0 = contour[i + 1]!
      const y1 = contour[next + 1]!
      if (y0 <= y === y1 <= y) continue
      const x = contour[i]! + ((contour[next]! - contour[i]!) * (y - y0)) / (y1 - y0)
      found.push({ x, direction: y0 < y1 ? 1 : -1 })
    }
  }
  return found.sort((a, b) => a.x - b.x)
}

/** Adds one scan line from `x0` to `x1` to the pixels of a row. */
function addSpan(values: Float32Array, row: number, x0: number, x1: number): void {
  for (let column = Math.floor(x0); column < x1; column++) {
    const covered = Math.min(x1, column + 1) - Math.max(x0, column)
    values[row + column]! += covered / LINES
  }
}

function least(points: readonly number[], axis: 0 | 1): number {
  return points.reduce((found, value, i) => (i % 2 === axis ? Math.min(found, value) : found), Number.POSITIVE_INFINITY)
}

function most(points: readonly number[], axis: 0 | 1): number {
  return points.reduce((found, value, i) => (i % 2 === axis ? Math.max(found, value) : found), Number.NEGATIVE_INFINITY)
}
