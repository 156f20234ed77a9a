import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import opentype, { type Font, type PathCommand } from 'opentype.js'
import type { Canvas, Colour } from './canvas.ts'
import { type Contour, fillContours } from './coverage.ts'

/** OCR-B (ISO 1073-2) for the MRZ, Inconsolata for everything else; both come with the package bwip-js. */
export type Typeface = 'ocr-b' | 'sans'

const FILES: Readonly<Record<Typeface, string>> = { 'ocr-b': 'OCRB7.ttf', sans: 'Inconsolata.otf' }
const fonts = new Map<Typeface, Font>()

function fontOf(typeface: Typeface): Font {
  const known = fonts.get(typeface)
  if (known) return known
  const folder = dirname(createRequire(import.meta.url).resolve('bwip-js'))
  const file = readFileSync(join(folder, '..', 'fonts', FILES[typeface]))
  const font = opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer)
  fonts.set(typeface, font)
  return font
}

/** How a line of text is set; lengths in pixels. */
export interface Setting {
  readonly typeface: Typeface
  /** The em. */
  readonly size: number
  readonly colour: Colour
  /** From one character to the next; left out, as the typeface has it. */
  readonly pitch?: number
  /** Makes strokes bolder by printing twice, this far apart. */
  readonly bold?: number
  readonly opacity?: number
}

/** Prints a line of text whose first character starts at `x` on the baseline `y`. */
export function printText(canvas: Canvas, text: string, x: number, y: number, setting: Setting): void {
  const { typeface, size, colour, pitch, bold, opacity = 1 } = setting
  const font = fontOf(typeface)
  let left = x
  for (const character of text) {
    const glyph = font.charToGlyph(character)
    const shifts = bold === undefined ? [0] : [0, bold]
    for (const shift of shifts) {
      const contours = contoursOf(glyph.getPath(left + shift, y, size).commands)
      if (contours.length > 0) canvas.print(fillContours(contours), colour, opacity)
    }
    left += pitch ?? (glyph.advanceWidth * size) / font.unitsPerEm
  }
}

/** Straight pieces that stand for one curve; at these sizes nobody sees the corners. */
const PIECES = 8

function contoursOf(commands: readonly PathCommand[]): Contour[] {
  const contours: number[][] = []
  for (const command of commands) {
    if (command.type === 'M') contours.push([command.x, command.y])
    else if (command.type !== 'Z') addCommand(contours.at(-1)!, command)
  }
  return contours
}

function addCommand(contour: number[], command: PathCommand): void {
  const { type, x, y, x1, y1, x2, y2 } = command
  const [x0, y0] = contour.slice(-2) as [number, number]
  if (type === 'L') contour.push(x, y)
  for (let piece = 1; piece <= PIECES && type !== 'L'; piece++) {
    const t = piece / PIECES
    const s = 1 - t
    if (type === 'Q') {
      contour.push(s * s * x0 + 2 * s * t * x1 + t * t * x, s * s * y0 + 2 * s * t * y1 + t * t * y)
    } else {
      const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t] as const
      contour.push(a * x0 + b * x1 + c * x2 + d * x, a * y0 + b * y1 + c * y2 + d * y)
    }
  }
}
