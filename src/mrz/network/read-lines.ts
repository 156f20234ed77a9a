import type { Picture } from '../../image/index.ts'
import type { Model } from '../../onnx/index.ts'
import { chooseFormat, type FormatReading } from './choose-format.ts'
import { type Cells, decodeCells, pacingOf } from './decode-cells.ts'
import type { FittedLine, FittedZone } from './fit-lines.ts'
import { middleAt, reversed } from './fit-lines.ts'
import { FRAMES_A_CELL, recogniseLines } from './recognise-line.ts'
import { EVEN, type Pacing, rectifyLine, STRIP_MARGIN } from './rectify-lines.ts'
import type { View } from './view.ts'

type Columns = 30 | 36 | 44
/** From line to line, in characters: as documents mostly have it, in which places three lines stand closer than two. */
const SPACINGS = { 2: [2.5], 3: [1.75, 2.5] } as const
/** By how much, as a natural logarithm, that spacing and the lines' length in their heights are usually off. */
const SPACING_SPREAD = 0.08
const LENGTH_SPREAD = 0.07
/** Detectors mark lines by so much higher than characters are wide. */
const MARKED_HEIGHT = 1.08
/** No proportion speaks louder than this against a way to take the lines. */
const MOST_MISFIT = 4
/** A reading that scores so well needs no second try. */
const GOOD_SCORE = -0.25
/** A line that reads worse is no text, or upside down. */
const LEGIBLE_SCORE = -1
/** A format explains the characters of a right reading to within so many nats each. */
const USUAL_MISFIT = 0.5
/** Lines whose cells stand farther than this from their place, in cells, are cut out anew. */
const PACE_TOLERANCE = 1
/** Perspective changes the scale by at most this share from a line's middle to its end. */
const MOST_TILT = 0.2
/** So many ways to take the lines are tried at most. */
const MAX_TAKES = 3
/** More than so many characters beyond the ends of a line, and it was cut too short. */
const MOST_OUTSIDE = 0.8
/** Cells of room on each side of a line whose ends are in doubt, and how many there may be in all. */
const ROOM = 9
const MOST_CELLS = 64
/** How many lines a zone has and how long they may be. */
const SHAPES: readonly (readonly [2 | 3, readonly Columns[]])[] = [
  [3, [30]],
  [2, [44, 36]],
]
/** So much counts against a take each line that the detector did not see, or saw in vain. */
const LINE_MISFIT = 3

/** Lines taken for a zone of so many columns. */
interface Take {
  readonly lines: readonly FittedLine[]
  readonly columns: Columns
}

export interface LinesRead {
  readonly view: View
  readonly lines: readonly FittedLine[]
  readonly cells: readonly Cells[]
  /** Where each line's cells stand along it. */
  readonly pacings: readonly Pacing[]
  readonly reading: FormatReading | undefined
  /** The worst line's score, less for what no format explains: 0 is perfect. */
  readonly score: number
}

/**
 * Reads the lines as the shape (number of lines and characters) that suits them best, one way round or the other; where that
 * fails, with other ends, then as the next.
 */
export async function readLines(recogniser: Model, picture: Picture, zone: FittedZone): Promise<LinesRead | undefined> {
  if (takes(zone.lines).length === 0) return undefined
  const first = (way: FittedZone) => readTake(recogniser, picture, way.view, takes(way.lines)[0]!)
  let [way, best] = [zone, await first(zone)]
  if (best.score < LEGIBLE_SCORE) {
    const over = await first(reversed(zone))
    if (over.score > best.score) [way, best] = [reversed(zone), over]
  }
  if (isGood(best)) return best
  const [likeliest, ...others] = takes(way.lines).slice(0, MAX_TAKES) as [Take, ...Take[]]
  for (const pitch of [lengthOf(likeliest.lines) / likeliest.columns, spacingOf(likeliest.lines) / SPACINGS[2][0]]) {
    const roomy = await readRoomy(recogniser, picture, way.view, likeliest.lines, pitch)
    if (roomy && roomy.score > best.score) best = roomy
    if (best.score > GOOD_SCORE) return best
  }
  for (const take of others) {
    const read = await readTake(recogniser, picture, way.view, take)
    if (read.score > best.score) best = read
    if (isGood(read)) return read
  }
  return best
}

function isGood({ cells, score }: LinesRead): boolean {
  return score > GOOD_SCORE && cells.every(isWhole)
}

/** Text that is upside down may look clear, but its letters stand where a format has digits. */
export function explained(cells: readonly Cells[]): Pick<LinesRead, 'reading' | 'score'> {
  const reading = chooseFormat({ columns: cells[0]!.columns, logs: cells.map(({ logs }) => logs) })
  const fit = reading?.evidence ?? -Infinity
  return { reading, score: Math.min(...cells.map(({ score }) => score)) + Math.min(0, fit + USUAL_MISFIT) }
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
      for (const chosen of runs(lines, count, columns)) {
        const misfit = misfitOf(chosen, columns) + Math.abs(lines.length - count) * LINE_MISFIT
        found.push({ take: { lines: chosen, columns }, misfit })
      }
    }
  }
  return found.sort((a, b) => a.misfit - b.misfit).map(({ take }) => take)
}

/** How unusual the lines' spacing and height are for so many characters, in nats. */
function misfitOf(lines: readonly FittedLine[], columns: Columns): number {
  const pitch = lengthOf(lines) / columns
  const nats = (ratio: number, spread: number) => Math.min(MOST_MISFIT, (Math.log(ratio) / spread) ** 2 / 2)
  const spacing = spacingOf(lines) / pitch
  const usual = SPACINGS[lines.length === 3 ? 3 : 2].map((each) => nats(spacing / each, SPACING_SPREAD))
  const height = lines.reduce((sum, line) => sum + line.height, 0) / lines.length
  return Math.min(...usual) + nats(height / MARKED_HEIGHT / pitch, LENGTH_SPREAD)
}

/** Runs of `count` lines: those that were found, and where they are one too few, with one made above or below. */
function runs(lines: readonly FittedLine[], count: 2 | 3, columns: Columns): (readonly FittedLine[])[] {
  const whole = lines.slice(count - 1).map((_, first) => lines.slice(first, first + count))
  if (lines.length !== count - 1) return whole
  const gap = lines.length > 1 ? spacingOf(lines) : (SPACINGS[count][0] * lengthOf(lines)) / columns
  return [...whole, [shifted(lines[0]!, -gap), ...lines], [...lines, shifted(lines.at(-1)!, gap)]]
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

/** Reads the lines as they were fitted; what reads badly or stands unevenly once more, at its own pace. */
async function readTake(recogniser: Model, picture: Picture, view: View, { lines, columns }: Take): Promise<LinesRead> {
  const aligned = lines.map((line) => completed(line, lines, columns))
  const cut = async (rows: readonly number[], pacings: readonly Pacing[]) => {
    const strips = rows.map((row, i) => rectifyLine(picture, view, aligned[row]!, columns, pacings[i]!))
    const frames = await recogniseLines(recogniser, strips)
    return frames.map((line, i) => placed(decodeCells(line, columns), pacings[i]!))
  }
  const tilt = perspectiveOf(aligned, columns)
  const all = [...aligned.keys()]
  const found = await cut(
    all,
    all.map(() => tilt),
  )
  const doubtful = all.filter((row) => isUneven(tilt, found[row]!.pacing) || !isWhole(found[row]!.cells))
  if (doubtful.length > 0) {
    const paced = await cut(
      doubtful,
      doubtful.map((row) => found[row]!.pacing),
    )
    doubtful.forEach((row, i) => {
      if (isBetter(paced[i]!.cells, found[row]!.cells)) found[row] = paced[i]!
    })
  }
  const cells = found.map(({ cells }) => cells)
  return { view, lines: aligned, cells, pacings: found.map(({ pacing }) => pacing), ...explained(cells) }
}

/** Cells of a strip that was cut at a pace, and the pace that they turned out to stand at. */
function placed(cells: Cells, { shift, stretch, bend }: Pacing): { cells: Cells; pacing: Pacing } {
  const off = pacingOf(cells)
  return { cells, pacing: { shift: shift + off.shift, stretch: stretch + off.stretch, bend: bend + off.bend } }
}

/**
 * The pace that perspective gives: where the lines stand closer together, so do their characters, and by the square. With
 * `k` the change of scale from the middle to an end, cell `t` (-1 to 1) comes to stand at `(t + k) / (1 + k t)`.
 */
function perspectiveOf(lines: readonly FittedLine[], columns: number): Pacing {
  const [first, last] = [lines[0]!, lines.at(-1)!]
  const gapAt = (u: number) => middleAt(last, u) - middleAt(first, u)
  const [left, right] = [gapAt((first.start + last.start) / 2), gapAt((first.end + last.end) / 2)]
  const ratio = (left - right) / (left + right)
  const k = Math.max(-MOST_TILT, Math.min(MOST_TILT, Number.isFinite(ratio) ? ratio : 0)) * (columns / 2)
  return { shift: (2 / 3) * k, stretch: 0, bend: -k }
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
      return { view, lines: ends, cells, pacings, ...explained(cells) }
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

/** Whether cells that were cut at one pace turned out to stand at quite another. */
function isUneven(cut: Pacing, found: Pacing): boolean {
  const { shift, stretch, bend } = found
  return Math.abs(shift - cut.shift) + Math.abs(stretch - cut.stretch) + Math.abs(bend - cut.bend) > PACE_TOLERANCE
}
