import type { Picture } from '../../image/index.ts'
import { type FittedLine, middleAt } from './fit-lines.ts'
import { emptyGrid, normalise, sampleGrey } from './sample-grey.ts'
import { toPicture, type View } from './view.ts'

/** What the recogniser was trained on: lines of this height, this many pixels a character, two characters of air at each end. */
export const STRIP_HEIGHT = 32
export const STRIP_PITCH = 16
export const STRIP_MARGIN = 2

/** A line cut out straight: `height x width` normalised grey values. */
export interface Strip {
  readonly width: number
  readonly data: Float32Array
}

/**
 * Where the cells of a line stand against an even pace, in cells: off by `shift`, by `stretch` more at its end and less
 * at its start (a wrong length), by `bend` at both (perspective).
 */
export interface Pacing {
  readonly shift: number
  readonly stretch: number
  readonly bend: number
}

export const EVEN: Pacing = { shift: 0, stretch: 0, bend: 0 }

/** The width of the strip that a line of so many characters is cut into. */
export function stripWidth(columns: number): number {
  return (columns + 2 * STRIP_MARGIN) * STRIP_PITCH
}

/** Cuts a line of `columns` characters out of the picture, along its curve and at its pace. */
export function rectifyLine(picture: Picture, view: View, line: FittedLine, columns: number, pacing: Pacing): Strip {
  return { width: stripWidth(columns), data: normalise(sampleLine(picture, view, line, columns, pacing), 4) }
}

/** The luma (0 to 255) of that strip, before it is normalised. */
export function sampleLine(
  picture: Picture,
  view: View,
  line: FittedLine,
  columns: number,
  pacing: Pacing,
): Float32Array {
  const width = stripWidth(columns)
  const pitch = (line.end - line.start) / columns
  const grid = emptyGrid(width, STRIP_HEIGHT)
  const top = (1 - STRIP_HEIGHT) / 2
  for (let u = 0; u < width; u++) {
    const along = line.start + paced((u + 0.5) / STRIP_PITCH - STRIP_MARGIN, columns, pacing) * pitch
    const slope = middleAt(line, along + 0.5) - middleAt(line, along - 0.5)
    const norm = pitch / STRIP_PITCH / Math.hypot(1, slope)
    // A column of the strip is a straight cut across the line: two points of it give all.
    const here = toPicture(view, along, middleAt(line, along))
    const next = toPicture(view, along - norm * slope, middleAt(line, along) + norm)
    grid.dx[u] = next.x - here.x
    grid.dy[u] = next.y - here.y
    grid.x[u] = here.x + top * grid.dx[u]!
    grid.y[u] = here.y + top * grid.dy[u]!
  }
  return sampleGrey(picture, grid, (view.scale * pitch) / STRIP_PITCH)
}

/** Where in the line, in cells of even pace, that stands which is `cell` cells from the start at the given pace. */
export function paced(cell: number, columns: number, { shift, stretch, bend }: Pacing): number {
  const t = (2 * cell) / columns - 1
  return cell + shift + stretch * t + bend * (t * t - 1 / 3)
}
