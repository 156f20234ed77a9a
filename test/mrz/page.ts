import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Picture } from '../../src/image/index.ts'

/** What is used of opentype.js, which brings no types. */
interface PathCommand {
  readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z'
  readonly x: number
  readonly y: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}
interface Glyph {
  readonly advanceWidth: number
  getPath(x: number, y: number, size: number): { readonly commands: readonly PathCommand[] }
}
interface Font {
  readonly unitsPerEm: number
  charToGlyph(character: string): Glyph
}

const require = createRequire(import.meta.url)
const opentype = require('opentype.js') as { parse(bytes: ArrayBuffer): Font }
const font = opentype.parse(
  Uint8Array.from(readFileSync(join(dirname(require.resolve('bwip-js')), '../fonts/OCRB7.ttf'))).buffer,
)

/** Sub-rows and sub-columns of a pixel that are looked at. */
const FINENESS = 4

interface Edge {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/**
 * A scanned page: light grey, an MRZ of the lines in OCR-B at its lower edge, `pitch` pixels a character, and above it
 * blocks where a real page has its portrait.
 */
export function scannedPage(lines: readonly string[], pitch = 18): Picture {
  const width = Math.round((lines[0]!.length + 4) * pitch)
  const height = Math.round(width * 0.7)
  const ink = new Uint8Array(width * height)
  lines.forEach((line, i) => {
    const baseline = height - (lines.length - i - 0.4) * pitch * 2.4
    draw(ink, width, height, line, 2 * pitch, baseline, pitch)
  })
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < ink.length; i++) {
    const isPortrait = i % width < width * 0.3 && i / width > height * 0.1 && i / width < height * 0.5
    const value = (isPortrait ? 150 : 225) - (ink[i]! * 190) / FINENESS ** 2
    data.fill(value, 3 * i, 3 * i + 3)
  }
  return { width, height, data }
}

function draw(ink: Uint8Array, width: number, height: number, line: string, x: number, y: number, pitch: number): void {
  const size = pitch / (font.charToGlyph('<').advanceWidth / font.unitsPerEm)
  ;[...line].forEach((character, i) => {
    const edges = outline(character, x + i * pitch, y, size)
    const top = Math.max(0, Math.floor(Math.min(...edges.map(({ y0, y1 }) => Math.min(y0, y1)))))
    const bottom = Math.min(height - 1, Math.ceil(Math.max(...edges.map(({ y0, y1 }) => Math.max(y0, y1)))))
    for (let row = top * FINENESS; row < (bottom + 1) * FINENESS; row++) {
      const level = (row + 0.5) / FINENESS
      const crossings = edges
        .filter(({ y0, y1 }) => y0 <= level !== y1 <= level)
        .map(({ x0, y0, x1, y1 }) => x0 + ((level - y0) / (y1 - y0)) * (x1 - x0))
        .sort((a, b) => a - b)
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        const end = Math.round(crossings[k + 1]! * FINENESS)
        for (let column = Math.round(crossings[k]! * FINENESS); column < end; column++) {
          ink[Math.floor(row / FINENESS) * width + Math.floor(column / FINENESS)]! += 1
        }
      }
    }
  })
}

function outline(character: string, x: number, y: number, size: number): Edge[] {
  const edges: Edge[] = []
  let [fromX, fromY, startX, startY] = [0, 0, 0, 0]
  const to = (x1: number, y1: number) => {
    edges.push({ x0: fromX, y0: fromY, x1, y1 })
    fromX = x1
    fromY = y1
  }
  for (const command of font.charToGlyph(character).getPath(x, y, size).commands) {
    if (command.type === 'Z') to(startX, startY)
    else if (command.type === 'M') [fromX, fromY, startX, startY] = [command.x, command.y, command.x, command.y]
    else if (command.type === 'L') to(command.x, command.y)
    else {
      // Glyphs are small: eight chords are finer than a sub-pixel.
      const [x0, y0] = [fromX, fromY]
      for (let t = 1; t <= 8; t++) to(...bend(command, x0, y0, t / 8))
    }
  }
  return edges
}

function bend(command: PathCommand, x0: number, y0: number, t: number): [number, number] {
  const u = 1 - t
  if (command.type === 'Q') {
    return [
      u * u * x0 + 2 * u * t * command.x1 + t * t * command.x,
      u * u * y0 + 2 * u * t * command.y1 + t * t * command.y,
    ]
  }
  if (command.type !== 'C') return [x0, y0]
  const [a, b, c, d] = [u ** 3, 3 * u * u * t, 3 * u * t * t, t ** 3]
  return [
    a * x0 + b * command.x1 + c * command.x2 + d * command.x,
    a * y0 + b * command.y1 + c * command.y2 + d * command.y,
  ]
}
