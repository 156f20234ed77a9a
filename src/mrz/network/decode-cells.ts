import { BLANK, CHARACTERS, CLASSES, FRAMES_A_CELL, type Frames, logSoftmax } from './recognise-line.ts'
import { type Pacing, STRIP_MARGIN } from './rectify-lines.ts'

const KINDS = CHARACTERS.length
/** Cell middles are placed on a grid of so many positions a frame. */
const GRID = 2
/** Neighbouring middles are 3 to 5 frames apart, in steps of the grid; the nominal 8 costs nothing. */
const [LEAST_STEP, MOST_STEP] = [6, 10]
const NOMINAL = FRAMES_A_CELL * GRID
/** Nats for each step off the nominal pace, squared. */
const PACE_COST = 0.25
/** A frame outside the line that is not blank counts this much. */
const OUTSIDE_WEIGHT = 0.3
const FLOOR = -8

/** A line read as exactly so many cells. */
export interface Cells {
  readonly columns: number
  /** Log-probabilities of the 37 characters, cell by cell; each cell sums to 1. */
  readonly logs: Float32Array
  /** Middle of each cell, in frames. */
  readonly middles: Float32Array
  /** Mean of each cell's best log-probability and of the blanks around it, less what lies outside: 0 is perfect. */
  readonly score: number
  /** How much that is not blank lies outside the line, in characters. */
  readonly outside: number
}

/**
 * Reads exactly `columns` cells: dynamic programming over the cells' middles, each cell scored by its best character
 * and by the blank between it and the next; what is printed outside the line counts against it.
 */
export function decodeCells(frames: Frames, columns: number): Cells {
  const positions = frames.count * GRID
  const logs = smoothed(frames)
  const best = new Float32Array(positions)
  const blank = new Float32Array(positions)
  for (let p = 0; p < positions; p++) {
    let most = FLOOR
    for (let at = p * CLASSES; at < p * CLASSES + KINDS; at++) if (logs[at]! > most) most = logs[at]!
    best[p] = most
    blank[p] = Math.max(FLOOR, (blankAt(frames, Math.floor(p / GRID)) + blankAt(frames, Math.ceil(p / GRID))) / 2)
  }
  const before = new Float32Array(positions + 1)
  for (let p = 0; p < positions; p++) before[p + 1] = before[p]! + (blank[p]! * OUTSIDE_WEIGHT) / GRID
  const all = before[positions]!
  const half = NOMINAL / 2
  let score = best.map((log, p) => log + edge(blank, p - half) + (before[Math.max(0, p - half)] ?? 0))
  const came: Uint8Array[] = []
  for (let cell = 1; cell < columns; cell++) {
    const next = new Float32Array(positions).fill(-Infinity)
    const from = new Uint8Array(positions)
    // Farther left the cells before, farther right those after would not fit in.
    const end = positions - LEAST_STEP * (columns - 1 - cell)
    for (let p = LEAST_STEP * cell; p < end; p++) {
      let most = -Infinity
      for (let step = LEAST_STEP; step <= MOST_STEP && step <= p; step++) {
        const q = p - step
        const off = step - NOMINAL
        const value = score[q]! + blank[(p + q) >> 1]! - PACE_COST * off * off
        if (value > most) {
          most = value
          from[p] = step
        }
      }
      next[p] = most + best[p]!
    }
    came.push(from)
    score = next
  }
  let last = 0
  let total = -Infinity
  for (let p = 0; p < positions; p++) {
    const after = Math.min(positions, p + half + 1)
    const value = score[p]! + edge(blank, p + half) + all - before[after]!
    if (value > total) {
      total = value
      last = p
    }
  }
  const middles = new Float32Array(columns)
  for (let cell = columns - 1, p = last; cell >= 0; cell--) {
    middles[cell] = p / GRID
    p -= came[cell - 1]?.[p] ?? 0
  }
  const beyond =
    (before[Math.max(0, middles[0]! * GRID - half)] ?? 0) + all - before[Math.min(positions, last + half + 1)]!
  // Where less than a character of room is left, nobody can tell what stands beyond.
  const isCramped = middles[0]! < 1.5 * FRAMES_A_CELL || middles[columns - 1]! > frames.count - 1 - 1.5 * FRAMES_A_CELL
  const outside = beyond / (2 * FLOOR * OUTSIDE_WEIGHT) + (isCramped ? 1 : 0)
  return { columns, logs: distributions(logs, middles), middles, score: total / columns, outside }
}

/** How the cells stand against an even pace: least squares over their middles, in cells. */
export function pacingOf({ middles, columns }: Cells): Pacing {
  const sums = [0, 0, 0]
  const weights = [0, 0, 0]
  for (let i = 0; i < columns; i++) {
    // The middle of frame f lies at pixel 4 f + 1.5, so at cell (4 f + 2) / 16 from the strip's left edge.
    const off = (middles[i]! + 0.5) / FRAMES_A_CELL - STRIP_MARGIN - (i + 0.5)
    const t = (2 * (i + 0.5)) / columns - 1
    const terms = [1, t, t * t - 1 / 3]
    terms.forEach((term, k) => {
      sums[k]! += off * term
      weights[k]! += term * term
    })
  }
  const [shift, stretch, bend] = sums.map((sum, k) => sum / weights[k]!) as [number, number, number]
  return { shift, stretch, bend }
}

/**
 * Log-probabilities at every position of the grid, each the mean over the frame around it, which is about the middle half
 * of a cell.
 */
function smoothed({ logs, count }: Frames): Float32Array {
  const out = new Float32Array(count * GRID * CLASSES)
  for (let frame = 0; frame < count; frame++) {
    const here = frame * CLASSES
    const before = Math.max(0, frame - 1) * CLASSES
    const after = Math.min(count - 1, frame + 1) * CLASSES
    const at = frame * GRID * CLASSES
    for (let kind = 0; kind < CLASSES; kind++) {
      const [a, b, c] = [logs[before + kind]!, logs[here + kind]!, logs[after + kind]!]
      out[at + kind] = (a + 2 * b + c) / 4
      out[at + CLASSES + kind] = (b + c) / 2
    }
  }
  return out
}

function blankAt({ logs, count }: Frames, frame: number): number {
  return logs[Math.min(frame, count - 1) * CLASSES + BLANK]!
}

function edge(blank: Float32Array, position: number): number {
  return blank[position] ?? 0
}

function distributions(logs: Float32Array, middles: Float32Array): Float32Array {
  const out = new Float32Array(middles.length * KINDS)
  middles.forEach((middle, cell) => {
    const at = middle * GRID * CLASSES
    out.set(logs.subarray(at, at + KINDS), cell * KINDS)
    logSoftmax(out, cell * KINDS, KINDS)
  })
  return out
}
