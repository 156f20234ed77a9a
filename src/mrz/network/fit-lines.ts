import type { Picture } from '../../image/index.ts'
import type { Model } from '../../onnx/index.ts'
import { type LineMask, lineMask, MASK_STRIDE, type Patch, patches, withoutSeams } from './line-mask.ts'
import type { Zone } from './locate-zone.ts'
import { normalise, sampleGrey, windowGrid } from './sample-grey.ts'
import { type SeenView, toPicture, VIEW_HEIGHT, VIEW_WIDTH, type View } from './view.ts'

/** The zone's length in a view, as a share of its width, and what is good enough to measure in. */
const WANTED_LENGTH = 0.78
const GOOD_LENGTH = [0.6, 0.9] as const
const GOOD_SLOPE = 0.05
const MAX_LOOKS = 4
/** A line that is cut off by the view's edge is taken to go on by this share of what is seen. */
const BEYOND = 0.4
const LEAST_CELLS = 8
/** The mean cosine of the reading direction, from here on down, by which lines are taken to read the other way. */
const CLEARLY = 0.5
/** A line is at least this share of the longest. */
const LEAST_SHARE = 0.55
/** Patches of one line lie at most so many cells above or below each other. */
const SAME_LINE = 1.6

/** One printed line in a view, in its pixels: from the first character's left edge to the last one's right, the height
 * of its middle at `x` being `a + b x + c x^2`, x counted from the view's middle. */
export interface FittedLine {
  readonly start: number
  readonly end: number
  readonly curve: readonly [number, number, number]
  /** Of the band that the detector marks: as high as a character is wide, air included. */
  readonly height: number
}

export interface FittedZone {
  readonly view: View
  /** From the top. */
  readonly lines: readonly FittedLine[]
}

/** Looks again, closer and upright, until the lines are well in view, and fits each one apart. */
export async function fitLines(detector: Model, picture: Picture, zone: Zone): Promise<FittedZone> {
  let view: View = { x: zone.x, y: zone.y, angle: zone.angle, scale: zone.length / (WANTED_LENGTH * VIEW_WIDTH) }
  for (let look = 1; ; look++) {
    const grey = normalise(sampleGrey(picture, windowGrid(view, VIEW_WIDTH, VIEW_HEIGHT), view.scale), 8)
    const mask = await lineMask(detector, grey, VIEW_WIDTH, VIEW_HEIGHT)
    const lines = fitted(mask)
    const better = look < MAX_LOOKS ? betterView(view, lines) : undefined
    if (!better) return upright({ view, lines }, mask)
    view = better
  }
}

/** The lines of a zone that the look at the whole picture shows as well as a closer one would; undefined otherwise. */
export function fitSeen({ view, mask }: SeenView): FittedZone | undefined {
  const lines = fitted(mask)
  return lines.length > 0 && !betterView(view, lines) ? upright({ view, lines }, mask) : undefined
}

/** Turned round if the mask clearly says that it reads from right to left. */
function upright(zone: FittedZone, mask: LineMask): FittedZone {
  return isUpsideDown(mask) ? reversed(zone) : zone
}

/** The same zone read the other way round. */
export function reversed({ view, lines }: FittedZone): FittedZone {
  const over = lines.map(({ start, end, curve: [a, b, c], height }) => {
    const curve = [VIEW_HEIGHT - 1 - a, b, -c] as const
    return { start: VIEW_WIDTH - 1 - end, end: VIEW_WIDTH - 1 - start, curve, height }
  })
  return { view: { ...view, angle: view.angle + Math.PI }, lines: over.reverse() }
}

/** The height of a line's middle at `u`. */
export function middleAt({ curve: [a, b, c] }: FittedLine, u: number): number {
  const x = u - (VIEW_WIDTH - 1) / 2
  return a + b * x + c * x * x
}

/** A view in which the lines would be better measured, if this one is not good enough. */
function betterView(view: View, lines: readonly FittedLine[]): View | undefined {
  if (lines.length === 0) return undefined
  const start = Math.min(...lines.map((line) => line.start))
  const end = Math.max(...lines.map((line) => line.end))
  const [first, last] = [lines[0]!, lines.at(-1)!]
  const slope = lines.reduce((sum, { curve }) => sum + curve[1], 0) / lines.length
  const high = middleAt(first, (start + end) / 2)
  const low = middleAt(last, (start + end) / 2)
  const [isCutLeft, isCutRight] = [start <= 20, end >= VIEW_WIDTH - 20]
  const share = (end - start) / VIEW_WIDTH
  const isGood = !isCutLeft && !isCutRight && share > GOOD_LENGTH[0] && share < GOOD_LENGTH[1]
  if (isGood && high > 14 && low < VIEW_HEIGHT - 14 && Math.abs(slope) < GOOD_SLOPE) return undefined
  // How far a line that runs out of view goes on is not known: so much of what is seen of it.
  const beyond = (end - start) * BEYOND
  const [from, to] = [isCutLeft ? start - beyond : start, isCutRight ? end + beyond : end]
  const middle = toPicture(view, (from + to) / 2, (high + low) / 2 + slope * ((from + to - start - end) / 2))
  const scale = (view.scale * Math.max((to - from) / VIEW_WIDTH, 0.3)) / WANTED_LENGTH
  return { ...middle, angle: view.angle + Math.atan(slope), scale }
}

/** Whether what lies in lines clearly reads from right to left. */
function isUpsideDown({ inside, cosine }: LineMask): boolean {
  let [sum, count] = [0, 0]
  inside.forEach((each, cell) => {
    if (each < 0.5) return
    sum += cosine[cell]!
    count++
  })
  return sum < -CLEARLY * count
}

function fitted(mask: LineMask): FittedLine[] {
  const lines: number[][] = []
  for (const patch of patches(withoutSeams(mask), LEAST_CELLS, 'sides')) {
    const home = lines.find((line) => continues(mask, line, patch))
    if (home) home.push(...patch)
    else lines.push([...patch])
  }
  const fits = lines.map((cells) => fitLine(mask, cells))
  const longest = Math.max(0, ...fits.map(({ start, end }) => end - start))
  return fits
    .filter(({ start, end }) => end - start >= LEAST_SHARE * longest && longest > 40)
    .sort((a, b) => middleAt(a, VIEW_WIDTH / 2) - middleAt(b, VIEW_WIDTH / 2))
}

/** Whether a patch is another piece of a line that glare or a finger has broken. */
function continues(mask: LineMask, line: readonly number[], patch: Patch): boolean {
  const xs = (cells: readonly number[]) => cells.map((cell) => cell % mask.columns)
  const [from, to] = [Math.min(...xs(line)), Math.max(...xs(line))]
  const [first, last] = [Math.min(...xs(patch)), Math.max(...xs(patch))]
  const shared = Math.min(to, last) - Math.max(from, first)
  if (shared > 0.2 * (last - first)) return false
  const fit = fitLine(mask, line)
  const middle = patch.reduce((sum, cell) => sum + Math.floor(cell / mask.columns), 0) / patch.length
  const expected = (middleAt(fit, ((first + last) / 2) * MASK_STRIDE + 1.5) - 1.5) / MASK_STRIDE
  return Math.abs(middle - expected) < SAME_LINE
}

function fitLine(mask: LineMask, cells: readonly number[]): FittedLine {
  const { columns, rows, inside } = mask
  const columnsOf = cells.map((cell) => cell % columns)
  const [first, last] = [Math.min(...columnsOf), Math.max(...columnsOf)]
  const points = cells.map((cell) => ({
    x: (cell % columns) * MASK_STRIDE + 1.5 - (VIEW_WIDTH - 1) / 2,
    y: Math.floor(cell / columns) * MASK_STRIDE + 1.5,
    weight: inside[cell]!,
  }))
  const curve = parabola(points, last - first > 30)
  const rowAt = (x: number) => {
    const u = x * MASK_STRIDE + 1.5 - (VIEW_WIDTH - 1) / 2
    return Math.round((curve[0] + curve[1] * u + curve[2] * u * u - 1.5) / MASK_STRIDE)
  }
  let area = 0
  for (let x = first; x <= last; x++) {
    const row = rowAt(x)
    for (let y = Math.max(0, row - 2); y <= Math.min(rows - 1, row + 2); y++) area += inside[y * columns + x]!
  }
  const height = (area / (last - first + 1)) * MASK_STRIDE
  // At an end the mask is the share of its cell that the line covers: summing it finds the edge within the cell.
  const at = (x: number) => {
    const row = rowAt(x)
    if (x < 0 || x >= columns) return 0
    let most = 0
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      most = Math.max(most, inside[y * columns + x]!)
    }
    return most
  }
  const right = last - 2 + at(last - 2) + at(last - 1) + at(last) + at(last + 1) + at(last + 2)
  const left = first + 3 - at(first + 2) - at(first + 1) - at(first) - at(first - 1) - at(first - 2)
  return { start: left * MASK_STRIDE - 0.5, end: right * MASK_STRIDE - 0.5, curve, height }
}

interface Weighted {
  readonly x: number
  readonly y: number
  readonly weight: number
}

/** Least squares, `y = a + b x + c x^2`; a straight line where `isCurved` is false. */
function parabola(points: readonly Weighted[], isCurved: boolean): [number, number, number] {
  const s = [0, 0, 0, 0, 0]
  const t = [0, 0, 0]
  for (const { x, y, weight } of points) {
    let power = weight
    for (let k = 0; k < 5; k++, power *= x) {
      s[k]! += power
      if (k < 3) t[k]! += power * y
    }
  }
  const [s0, s1, s2, s3, s4] = s as [number, number, number, number, number]
  const [t0, t1, t2] = t as [number, number, number]
  const flat = s0 * s2 - s1 * s1
  const slope = flat > 1e-6 ? (s0 * t1 - s1 * t0) / flat : 0
  if (!isCurved) return [(t0 - slope * s1) / s0, slope, 0]
  const det = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2)
  if (!(Math.abs(det) > 1e-6)) return [(t0 - slope * s1) / s0, slope, 0]
  const a = t0 * (s2 * s4 - s3 * s3) - s1 * (t1 * s4 - s3 * t2) + s2 * (t1 * s3 - s2 * t2)
  const b = s0 * (t1 * s4 - s3 * t2) - t0 * (s1 * s4 - s2 * s3) + s2 * (s1 * t2 - s2 * t1)
  const c = s0 * (s2 * t2 - s3 * t1) - s1 * (s1 * t2 - s2 * t1) + t0 * (s1 * s3 - s2 * s2)
  return [a / det, b / det, c / det]
}
