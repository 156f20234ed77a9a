import { distance, eyeCentres, MESH_POINTS, meshPoint, midpoint } from '../face/index.ts'
import type { ChallengeStep } from './challenge.ts'
import type { Finding, SeenFrame } from './frame.ts'
import { LIGHTS } from './lights.ts'

/** Displays and cameras need at least and at most this long until a new colour shows in a frame, in ms. */
export const EARLIEST_MS = 50
export const SETTLED_MS = 300
/** Of the light before, only the last moments count: a head moves. */
export const RECENT_MS = 500
/** The face is divided into squares of this side, in eye distances; one with fewer points says little. */
const SQUARE = 0.35
const MIN_POINTS = 4
const MIN_SQUARES = 10
/** Where a camera clips, the light is unknown; where it is dark, it is noise. Linear. */
const CLIPPED = 0.92
const DARK = 0.006
/** Below this change on average, as a logarithm, noise would pass for relief. */
const MIN_CHANGE = 0.08
/**
 * From the first to the ninth decile, by the mean: rendered heads reach .28 to 1.30, flat pictures and warped stills .04
 * to .47, most of them below .20.
 */
const MIN_RELIEF = 0.3
/** Columns of squares from the middle of the eyes: the front of a face, and where it turns away to the sides. */
const FRONT = 1
const SIDE = 3
/** From the front to the sides, by the mean: rendered heads reach .10 to .83, warped stills and flat pictures -.30 to .13. */
const MIN_FALL = 0.1

type Sums = [red: number, green: number, blue: number, count: number]

/** How unevenly a face took the screen's colours, by the mean of what it took. */
export interface Relief {
  /** From the first to the ninth decile of its places. */
  readonly spread: number
  /** From its front to its sides. */
  readonly fall: number
}

/**
 * Whether the screen's colours fell on a solid face: they light what is near and faces the screen more than what is
 * turned away, while a picture of a face, or one that is tinted, takes them evenly (Tang et al. 2018, "Face Flashing").
 */
export function checkRelief(relief: Relief | Finding): Finding {
  if (typeof relief === 'string') return relief
  return relief.spread >= MIN_RELIEF && relief.fall >= MIN_FALL ? 'ok' : 'light-without-relief'
}

/**
 * Each place is compared with itself before, colour against colour, so that neither skin nor exposure counts. Where no
 * light was asked for, `ok`; else, where there is nothing to measure, why.
 */
export function measureRelief(steps: readonly ChallengeStep[], seen: readonly SeenFrame[]): Relief | Finding {
  const first = steps.findIndex(({ kind }) => kind === 'light')
  if (first < 0) return 'ok'
  const squares = gainBySquare(steps, first, seen)
  const gainsOf = (belongs: (column: number) => boolean) =>
    squares.filter(({ column }) => belongs(Math.abs(column))).map(({ gain }) => gain)
  const all = gainsOf(() => true).toSorted((a, b) => a - b)
  const front = gainsOf((column) => column <= FRONT)
  const sides = gainsOf((column) => column >= SIDE)
  if (all.length < MIN_SQUARES || front.length === 0 || sides.length === 0) return 'light-not-measured'
  const average = mean(all)
  if (average < MIN_CHANGE) return 'light-too-weak'
  const decile = (tenths: number) => all[Math.floor((all.length * tenths) / 10)]!
  return { spread: (decile(9) - decile(1)) / average, fall: (mean(front) - mean(sides)) / average }
}

/** How much more of the screen's colours every square of the face took than before, on average. */
function gainBySquare(steps: readonly ChallengeStep[], first: number, seen: readonly SeenFrame[]) {
  const start = steps[first]!.at
  const unlit = lightBySquare(framesWithin(seen, start - RECENT_MS, start + EARLIEST_MS))
  const gains = new Map<string, number[]>()
  for (let i = first; steps[i]?.kind === 'light'; i++) {
    const { at, colour } = steps[i]!
    const until = (steps[i + 1]?.at ?? Number.POSITIVE_INFINITY) + EARLIEST_MS
    const channel = LIGHTS[colour ?? '']?.indexOf(1) ?? 0
    for (const [square, light] of lightBySquare(framesWithin(seen, at + SETTLED_MS, until))) {
      const before = unlit.get(square)
      if (before) gains.set(square, [...(gains.get(square) ?? []), tint(light, channel) - tint(before, channel)])
    }
  }
  return [...gains].map(([square, values]) => ({ column: Number.parseInt(square, 10), gain: mean(values) }))
}

function framesWithin(seen: readonly SeenFrame[], from: number, until: number): readonly SeenFrame[] {
  return seen.filter(({ time }) => time >= from && time <= until)
}

/** The light on every square of the face, by its column and row, that shows enough of it, summed over the frames. */
function lightBySquare(frames: readonly SeenFrame[]): ReadonlyMap<string, Sums> {
  const squares = new Map<string, Sums>()
  for (const { face, reflection } of frames) if (reflection) addLight(squares, face.mesh, reflection.skin)
  for (const [square, [red, green, blue, count]] of squares) {
    const isDark = Math.min(red, green, blue) < DARK * count
    if (isDark || count < MIN_POINTS * frames.length) squares.delete(square)
  }
  return squares
}

function addLight(squares: Map<string, Sums>, mesh: Float32Array, skin: Float32Array): void {
  const [right, left] = eyeCentres(mesh)
  const middle = midpoint(right, left)
  const apart = Math.max(distance(right, left), 1)
  const across = { x: (left.x - right.x) / apart, y: (left.y - right.y) / apart }
  const side = SQUARE * apart
  for (let i = 0; i < MESH_POINTS; i++) {
    const [red, green, blue] = [skin[3 * i]!, skin[3 * i + 1]!, skin[3 * i + 2]!]
    if (Math.max(red, green, blue) > CLIPPED) continue
    const { x, y } = meshPoint(mesh, i)
    const [dx, dy] = [x - middle.x, y - middle.y]
    const column = Math.round((dx * across.x + dy * across.y) / side)
    const row = Math.round((dy * across.x - dx * across.y) / side)
    const sums = squares.get(`${column} ${row}`) ?? [0, 0, 0, 0]
    sums[0] += red
    sums[1] += green
    sums[2] += blue
    sums[3]++
    squares.set(`${column} ${row}`, sums)
  }
}

/** One channel by the others, as a logarithm. */
function tint(sums: Sums, channel: number): number {
  const light = (c: number) => sums[c % 3]!
  return Math.log((2 * light(channel)) / (light(channel + 1) + light(channel + 2)))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
