import type { Picture } from '../../image/index.ts'
import type { Model } from '../../onnx/index.ts'
import { type Cells, decodeCells, pacingOf } from './decode-cells.ts'
import type { FittedLine, FittedZone, View } from './fit-lines.ts'
import { middleAt } from './fit-lines.ts'
import { FRAMES_A_CELL, recogniseLines } from './recognise-line.ts'
import { EVEN, type Pacing, rectifyLine, STRIP_MARGIN } from './rectify-lines.ts'

/** Line spacing as a share of line length, by number of characters: 2.5 pitches, as the documents have it. */
const SPACING = { 30: 2.5 / 30, 36: 2.5 / 36, 44: 2.5 / 44 } as const
type Columns = keyof typeof SPACING
/** A reading that scores so well needs no second try. */
const GOOD_SCORE = -0.25
/** Lines whose cells stand farther than this from their place, in cells, are cut out anew. */
const PACE_TOLERANCE = 0.35
/** So many ways to take the lines are tried at most. */
const MAX_TAKES = 5
/** More than so many characters beyond the ends of a line, and it was cut too short. */
const MOST_OUTSIDE = 0.8
/** Cells of room on each side of a line whose ends are in doubt, and how many there may be in all. */
const ROOM = 9
const MOST_CELLS = 64
/** How many lines a zone has and how long they may be. */
const SHAPES: readonly (readonly [number, readonly Columns[]])[] = [
  [3, [30]],
  [2, [44, 36]],
]
/** A line that the detector did not see counts against a take as if its proportions were off by so much. */
const MADE_MISFIT = 0.3

/** Lines taken for a zone of so many columns. */
interface Take {
  readonly lines: readonly FittedLine[]
  readonly columns: Columns
}

export interface LinesRead {
  readonly lines: readonly FittedLine[]
  readonly cells: readonly Cells[]
  /** Where each line's cells stand along it. */
  readonly pacings: readonly Pacing[]
  /** The worst line's score: 0 is perfect. */
  readonly score: number
}

/** Reads the lines as the shape (number of lines and characters) that suits them best. */
export async function readLines(
  recogniser: Model,
  picture: Picture,
  { view, lines }: FittedZone,
): Promise<LinesRead | undefined> {
  let best: LinesRead | undefined
  for (const take of takes(lines).slice(0, MAX_TAKES)) {
    const read = await readTake(recogniser, picture, view, take)
    if (!best || read.score > best.score) best = read
    if (read.cells.every(isWhole)) return read
    for (const pitch of [lengthOf(take.lines) / take.columns, spacingOf(take.lines) / 2.5]) {
      const roomy = await readRoomy(recogniser, picture, view, take.lines, pitch)
      if (roomy && roomy.score > best.score) best = roomy
      if (best.score > GOOD_SCORE) return best
    }
  }
  return best
}

/** Whether a line read well and nothing of it seems to lie beyond its ends. */
export function isWhole({ score, outside }: Cells): boolean {
  return score > GOOD_SCORE && outside < MOST_OUTSIDE
}

/** Every way to take neighbouring lines for a zone, that whose proportions fit best first. */
function takes(lines: readonly FittedLine[]): Take[] {
  const found: { take: Take; misfit: number }[] = []
  for (const [count, widths] of SHAPES) {
    for (const columns of widths) {
      for (const { chosen, made } of runs(lines, count, columns)) {
        const ratio = spacingOf(chosen) / lengthOf(chosen)
        const misfit = Math.abs(Math.log(ratio / SPACING[columns])) + Math.max(0, lines.length - count) * 0.15
        found.push({ take: { lines: chosen, columns }, misfit: misfit + made * MADE_MISFIT })
      }
    }
  }
  return found.sort((a, b) => a.misfit - b.misfit).map(({ take }) => take)
}

/** Runs of `count` lines: those that were found, and where they are one too few, with one made above or below. */
function runs(lines: readonly FittedLine[], count: number, columns: Columns): Run[] {
  const whole = lines.slice(count - 1).map((_, first) => ({ chosen: lines.slice(first, first + count), made: 0 }))
  if (lines.length !== count - 1) return whole
  const gap = lines.length > 1 ? spacingOf(lines) : SPACING[columns] * lengthOf(lines)
  const above = { chosen: [shifted(lines[0]!, -gap), ...lines], made: 1 }
  const below = { chosen: [...lines, shifted(lines.at(-1)!, gap)], made: 1 }
  return [...whole, above, below]
}

interface Run {
  readonly chosen: readonly FittedLine[]
  readonly made: number
}

function shifted(line: FittedLine, down: number): FittedLine {
  return { ...line, curve: [line.curve[0] + down, line.curve[1], line.curve[2]] }
}

function spacingOf(lines: readonly FittedLine[]): number {
  const [first, last] = [lines[0]!, lines.at(-1)!]
  const middle = (Math.max(first.start, last.start) + Math.min(first.end, last.end)) / 2
  return Math.abs(middleAt(last, middle) - middleAt(first, middle)) / (lines.length - 1)
}

function lengthOf(lines: readonly FittedLine[]): number {
  return Math.max(...lines.map(({ start, end }) => end - start))
}

/** Reads the lines as they were fitted; what reads badly once more, at its own pace. */
async function readTake(recogniser: Model, picture: Picture, view: View, { lines, columns }: Take): Promise<LinesRead> {
  const aligned = lines.map((line) => completed(line, lines, columns))
  const cut = (fitted: readonly FittedLine[], pacings: readonly Pacing[]) =>
    recogniseLines(
      recogniser,
      fitted.map((line, i) => rectifyLine(picture, view, line, columns, pacings[i]!)),
    )
  const even = lines.map(() => EVEN)
  let found = (await cut(aligned, even)).map((line) => placed(decodeCells(line, columns), EVEN))
  const pacings = found.map(({ pacing }) => pacing)
  if (pacings.some(isUneven) || !found.every(({ cells }) => isWhole(cells))) {
    const second = (await cut(aligned, pacings)).map((line, i) => placed(decodeCells(line, columns), pacings[i]!))
    found = found.map((line, i) => (isBetter(second[i]!.cells, line.cells) ? second[i]! : line))
  }
  return {
    lines: aligned,
    cells: found.map(({ cells }) => cells),
    pacings: found.map(({ pacing }) => pacing),
    score: Math.min(...found.map(({ cells }) => cells.score)),
  }
}

/** Cells of a strip that was cut at a pace, and the pace that they turned out to stand at. */
function placed(cells: Cells, { shift, stretch, bend }: Pacing): { cells: Cells; pacing: Pacing } {
  const off = pacingOf(cells)
  return { cells, pacing: { shift: shift + off.shift, stretch: stretch + off.stretch, bend: bend + off.bend } }
}

/**
 * Reads lines whose ends may be wrong: cut with room for a good part of a line on both sides, the decoder finds where they
 * begin and how long they are.
 */
async function readRoomy(
  recogniser: Model,
  picture: Picture,
  view: View,
  lines: readonly FittedLine[],
  pitch: number,
): Promise<LinesRead | undefined> {
  const middle = lines.reduce((sum, { start, end }) => sum + start + end, 0) / (2 * lines.length)
  const room = Math.min(MOST_CELLS, Math.round(lengthOf(lines) / pitch) + 2 * ROOM)
  const wide = lines.map((line) => ({
    ...completed(line, lines, 30),
    start: middle - (room * pitch) / 2,
    end: middle + (room * pitch) / 2,
  }))
  const strips = wide.map((line) => rectifyLine(picture, view, line, room, EVEN))
  const frames = await recogniseLines(recogniser, strips)
  const widths = SHAPES.find(([count]) => count === lines.length)![1]
  const found = widths
    .filter((width) => width <= room)
    .map((width) => {
      const cells = frames.map((line) => decodeCells(line, width))
      const ends = wide.map((line, i) => {
        const at = (cell: number) =>
          line.start + ((cells[i]!.middles[cell]! + 0.5) / FRAMES_A_CELL - STRIP_MARGIN) * pitch
        return { ...line, start: at(0) - pitch / 2, end: at(width - 1) + pitch / 2 }
      })
      const pacings = lines.map(() => EVEN)
      return { lines: ends, cells, pacings, score: Math.min(...cells.map(({ score }) => score)) }
    })
  return found.sort((a, b) => b.score - a.score)[0]
}

/** Whether a second reading is better than the first, or shows more of the line's ends. */
function isBetter(second: Cells, first: Cells): boolean {
  return second.score > first.score || (isWhole(second) && !isWhole(first))
}

/** A line of which a character or more was not seen takes ends and bend of the longest of its neighbours, at its own height. */
function completed(line: FittedLine, lines: readonly FittedLine[], columns: Columns): FittedLine {
  const longest = lines.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a))
  const pitch = (longest.end - longest.start) / columns
  if (longest.end - longest.start - (line.end - line.start) < 1.5 * pitch) return line
  const middle = (line.start + line.end) / 2
  return shifted(longest, middleAt(line, middle) - middleAt(longest, middle))
}

function isUneven({ shift, stretch, bend }: Pacing): boolean {
  return Math.abs(shift) + Math.abs(stretch) + Math.abs(bend) > PACE_TOLERANCE
}
