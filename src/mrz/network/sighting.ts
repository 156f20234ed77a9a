import { type FittedLine, middleAt } from './fit-lines.ts'
import { type Pacing, paced } from './rectify-lines.ts'
import { toPicture, type View } from './view.ts'

/** What the recogniser says of a zone, cell by cell. */
export interface ZoneEvidence {
  readonly columns: number
  /** Line by line: natural log-probabilities of the 37 characters of every cell; each cell sums to 1. */
  readonly logs: readonly Float32Array[]
  /** Every line read well, and nothing of it seems to lie beyond its ends. */
  readonly isWhole: boolean
}

/** Where a zone lies in its picture: lines in a view, each with its own pace. */
export interface ZonePlace {
  readonly view: View
  readonly columns: number
  readonly lines: readonly { readonly line: FittedLine; readonly pacing: Pacing }[]
}

/** What a picture shows of a zone. */
export interface Sighting {
  readonly evidence: ZoneEvidence
  readonly place: ZonePlace
}

/** Why nothing was read, and where, when it was found but could not be read. */
export interface Unseen {
  readonly reason: 'mrz-not-found' | 'mrz-unreadable'
  readonly place?: ZonePlace
}

/** A point of the picture, in pixels from its left upper corner, pixel centres at whole numbers. */
export type Corner = readonly [x: number, y: number]
/** Four corners in reading order: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Corner, Corner, Corner, Corner]

/** Half the height of what is printed in a cell, in pitches: 2.5 mm of OCR-B at 2.54 mm a character. */
const HALF_GLYPH = 0.5
/** Half the height of a cell as it is drawn. */
const HALF_CELL = 0.75

/** The corners of the zone. */
export function zoneQuad(place: ZonePlace): Quad {
  const last = place.lines.length - 1
  return [
    pointAt(place, 0, 0, -HALF_GLYPH),
    pointAt(place, 0, place.columns, -HALF_GLYPH),
    pointAt(place, last, place.columns, HALF_GLYPH),
    pointAt(place, last, 0, HALF_GLYPH),
  ]
}

/** The corners of every cell, line by line. */
export function cellQuads(place: ZonePlace): readonly (readonly Quad[])[] {
  return place.lines.map((_, row) =>
    Array.from({ length: place.columns }, (_, cell) => [
      pointAt(place, row, cell, -HALF_CELL),
      pointAt(place, row, cell + 1, -HALF_CELL),
      pointAt(place, row, cell + 1, HALF_CELL),
      pointAt(place, row, cell, HALF_CELL),
    ]),
  )
}

/** Picture pixels from one character to the next, in the middle of the zone. */
export function pitchOf({ view, columns, lines }: ZonePlace): number {
  const length = lines.reduce((sum, { line }) => sum + line.end - line.start, 0) / lines.length
  return (length / columns) * view.scale
}

/** The picture point `cell` cells along a line, `away` pitches below its middle. */
function pointAt({ view, columns, lines }: ZonePlace, row: number, cell: number, away: number): Corner {
  const { line, pacing } = lines[row]!
  const pitch = (line.end - line.start) / columns
  const u = line.start + paced(cell, columns, pacing) * pitch
  const { x, y } = toPicture(view, u, middleAt(line, u) + away * pitch)
  return [x, y]
}
