import { Canvas } from './canvas.ts'
import { groundAt } from './guilloche.ts'

/** A passport's page in mm (ISO/IEC 7810, ID-3) and pixels a mm: two megapixels in all. */
const WIDTH_MM = 125
const HEIGHT_MM = 88
export const SCALE = 13
/** What is seen around the page, in mm. */
export const MARGIN_MM = 4

const TABLE_GREY = 96
/** How much darker it is beside the page, and how many pixels the shadow reaches. */
const SHADOW = 45
const SHADOW_REACH = 8

let drawn: Canvas | undefined

/** The photograph of a page that is not filled in, on a table, fresh for printing on; drawn once a process. */
export function emptyPage(): Canvas {
  drawn ??= drawEmptyPage()
  const page = new Canvas(drawn.width, drawn.height)
  page.data.set(drawn.data)
  return page
}

function drawEmptyPage(): Canvas {
  const margin = MARGIN_MM * SCALE
  const width = WIDTH_MM * SCALE
  const height = HEIGHT_MM * SCALE
  const picture = new Canvas(width + 2 * margin, height + 2 * margin)
  picture.paint((column, row, into) => {
    const x = column - margin
    const y = row - margin
    const outside = Math.max(-x, -y, x - width + 1, y - height + 1)
    if (outside <= 0) groundAt(x / width, y / height, width / height, into)
    else into.fill(tableAt(column, row) - SHADOW * Math.exp(-outside / SHADOW_REACH))
  })
  return picture
}

/** Brushed, so that it is no plain colour. */
const tableAt = (column: number, row: number): number => TABLE_GREY + 3 * Math.sin(row * 0.9 + column * 0.05)
