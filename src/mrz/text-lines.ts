import type { Area, Grey } from '../image/index.ts'

/** A line's height as a share of the picture's width: 44 characters of TD3 make it 1/60, 30 of TD1 1/35. */
const MIN_HEIGHT = 1 / 120
const MAX_HEIGHT = 1 / 14
/** Rows count as text from this share of the picture's strongest row on. */
const TEXT_ROW = 0.35

/** Rows from `top` to `bottom` (exclusive) in pixels. */
interface Band {
  readonly top: number
  readonly bottom: number
}

/**
 * Finds the MRZ of an upright, level scan: the lowest two or three evenly spaced text lines in the lower part of the
 * picture. Works on the projection of vertical strokes to the rows. Returns one area a line, or undefined.
 */
export function findTextLines(grey: Grey): readonly Area[] | undefined {
  const { width, height } = grey
  const from = Math.floor(height * 0.45)
  const strokes = strokeDensity(grey, from)
  const highest = strokes.reduce((most, each) => Math.max(most, each), 0)
  const bands = bandsOf(strokes, highest * TEXT_ROW, from).filter(({ top, bottom }) => {
    const share = (bottom - top) / width
    return share >= MIN_HEIGHT && share <= MAX_HEIGHT
  })
  const lines = lowestEvenBands(bands)
  if (!lines) return undefined
  return lines.map(({ top, bottom }) => {
    const margin = Math.round((bottom - top) * 0.4)
    const first = Math.max(0, top - margin)
    return { left: 0, top: first, width, height: Math.min(height, bottom + margin) - first }
  })
}

/** For every row from `from` on, the share of columns at which brightness changes strongly from left to right. */
function strokeDensity({ width, height, data }: Grey, from: number): Float32Array {
  const density = new Float32Array(height - from)
  for (let y = from; y < height; y++) {
    let changes = 0
    const row = y * width
    for (let x = 1; x < width; x++) if (Math.abs(data[row + x]! - data[row + x - 1]!) > 24) changes++
    density[y - from] = changes / width
  }
  return density
}

function bandsOf(density: Float32Array, threshold: number, from: number): Band[] {
  const bands: Band[] = []
  let top = -1
  for (let y = 0; y <= density.length; y++) {
    const isText = y < density.length && density[y]! >= threshold
    if (isText && top < 0) top = y
    if (!isText && top >= 0) {
      bands.push({ top: top + from, bottom: y + from })
      top = -1
    }
  }
  return bands
}

/** The lowest three bands of like height and distance, else the lowest two. */
function lowestEvenBands(bands: readonly Band[]): readonly Band[] | undefined {
  for (let last = bands.length - 1; last >= 1; last--) {
    for (const count of [3, 2]) {
      const lines = bands.slice(last - count + 1, last + 1)
      if (last - count + 1 >= 0 && areAlike(lines)) return lines
    }
  }
  return undefined
}

function areAlike(lines: readonly Band[]): boolean {
  const heights = lines.map(({ top, bottom }) => bottom - top)
  const pitches = lines.slice(1).map(({ top }, i) => top - lines[i]!.top)
  const tallest = Math.max(...heights)
  const isEven = Math.max(...pitches) <= Math.min(...pitches) * 1.25
  return isEven && Math.min(...heights) >= tallest * 0.6 && Math.max(...pitches) <= tallest * 4
}
