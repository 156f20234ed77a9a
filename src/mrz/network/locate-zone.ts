import type { Picture } from '../../image/index.ts'
import type { Model } from '../../onnx/index.ts'
import { DETECTOR_STRIDE, type LineMask, lineMask, MASK_STRIDE, type Patch, patches } from './line-mask.ts'
import { normalise, sampleGrey, windowGrid } from './sample-grey.ts'
import { type SeenView, VIEW_HEIGHT, VIEW_WIDTH } from './view.ts'

/** How the whole picture is shown to the detector: fitted into a square of `side` pixels after a turn by `turn` radians. */
export interface Look {
  readonly side: number
  readonly turn: number
}

/** As it is first; then larger, for small zones, and turned, for those that the detector misses at their angle. */
export const LOOKS: readonly Look[] = [
  { side: 384, turn: 0 },
  { side: 640, turn: 0 },
  { side: 384, turn: Math.PI / 2 },
  { side: 960, turn: 0 },
]
/** Smaller patches of the mask are no line. */
const LEAST_CELLS = 5
/** Patches of one zone differ by at most this angle, in radians. */
const SAME_DIRECTION = 0.35
/** Lines of one zone lie within this share of the longest one's length, on either side of it. */
const ZONE_HEIGHT = 0.24
/** Pieces of one line lie no farther apart than this share of the longest one's length. */
const ZONE_GAP = 0.6
/** A shorter zone, in picture pixels, could not be read if it was one. */
const LEAST_LENGTH = 80
/** At most so many places are looked at. */
const MAX_ZONES = 3

/** Where a zone lies, roughly: middle and size in picture pixels, the reading direction in radians, clockwise. */
export interface Zone {
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly length: number
  readonly height: number
}

/** A zone as a look found it; `near` is that part of the look which has the form of a view from near. */
export interface LocatedZone extends Zone {
  readonly near: SeenView | undefined
}

/** Looks at the whole picture and tells where zones may be, the largest first. */
export async function locateZones(detector: Model, picture: Picture, { side, turn }: Look): Promise<LocatedZone[]> {
  const [c, s] = [Math.cos(turn), Math.sin(turn)]
  const [wide, high] = [Math.abs(c), Math.abs(s)]
  const [across, down] = [picture.width * wide + picture.height * high, picture.width * high + picture.height * wide]
  const scale = Math.max(across, down) / side
  const width = Math.max(1, Math.round(across / scale))
  const height = Math.max(1, Math.round(down / scale))
  // As much around it as the detector needs, no more.
  const [columns, rows] = [whole(width), whole(height)]
  const left = Math.floor((columns - width) / 2 / MASK_STRIDE) * MASK_STRIDE
  const top = Math.floor((rows - height) / 2 / MASK_STRIDE) * MASK_STRIDE
  const middle = { x: (picture.width - 1) / 2, y: (picture.height - 1) / 2 }
  /** The picture point at a point of the turned, shrunk picture, edges at whole numbers. */
  const toPicture = (u: number, v: number) => {
    const [du, dv] = [(u - width / 2) * scale, (v - height / 2) * scale]
    return { x: middle.x + du * c - dv * s, y: middle.y + du * s + dv * c }
  }
  const grid = windowGrid({ ...middle, angle: turn, scale }, width, height)
  const small = normalise(sampleGrey(picture, grid, scale), 8)
  const input = new Float32Array(columns * rows)
  for (let y = 0; y < height; y++) {
    input.set(small.subarray(y * width, (y + 1) * width), (top + y) * columns + left)
  }
  const cell = MASK_STRIDE * scale
  const mask = await lineMask(detector, input, columns, rows)
  const zones = grouped(mask).map((zone) => {
    const around = columns === VIEW_WIDTH ? strip(mask, zone) : undefined
    const middleOf = (first: number) => toPicture(VIEW_WIDTH / 2 - left, first * MASK_STRIDE + VIEW_HEIGHT / 2 - top)
    return {
      ...toPicture(zone.x * MASK_STRIDE - left, zone.y * MASK_STRIDE - top),
      angle: zone.angle + turn,
      length: zone.length * cell,
      height: zone.height * cell,
      near: around && { view: { ...middleOf(around.first), angle: turn, scale }, mask: around.mask },
    }
  })
  return zones.filter((zone) => zone.length >= LEAST_LENGTH)
}

/** The rows around a zone that a view from near would show, and the first one's number; undefined where there are too few. */
function strip(mask: LineMask, zone: Zone): { first: number; mask: LineMask } | undefined {
  const rows = VIEW_HEIGHT / MASK_STRIDE
  if (mask.rows < rows) return undefined
  const first = Math.max(0, Math.min(Math.round(zone.y - rows / 2), mask.rows - rows))
  const part = (values: Float32Array) => values.subarray(first * mask.columns, (first + rows) * mask.columns)
  const { columns, inside, cosine, sine } = mask
  return { first, mask: { columns, rows, inside: part(inside), cosine: part(cosine), sine: part(sine) } }
}

function whole(size: number): number {
  return Math.ceil(size / DETECTOR_STRIDE) * DETECTOR_STRIDE
}

/** Joins patches that read the same way and lie side by side. Everything in cells of the mask, edges at whole numbers. */
function grouped(mask: LineMask): Zone[] {
  let left = patches(mask, LEAST_CELLS, 'corners')
  const zones: Zone[] = []
  while (left.length > 0 && zones.length < MAX_ZONES) {
    const seed = left[0]!
    const angle = direction(mask, seed)
    let members = [seed]
    for (let before = 0; before < members.length; ) {
      before = members.length
      const zone = box(mask, members.flat(), angle)
      members = left.filter((patch) => members.includes(patch) || belongs(mask, patch, zone))
    }
    left = left.filter((patch) => !members.includes(patch))
    zones.push(box(mask, members.flat(), angle))
  }
  return zones
}

function belongs(mask: LineMask, patch: Patch, zone: Zone): boolean {
  const turn = Math.abs(wrapped(meanDirection(mask, patch) - zone.angle))
  const other = box(mask, patch, zone.angle)
  const [dx, dy] = [other.x - zone.x, other.y - zone.y]
  const along = Math.abs(dx * Math.cos(zone.angle) + dy * Math.sin(zone.angle))
  const across = Math.abs(dy * Math.cos(zone.angle) - dx * Math.sin(zone.angle))
  const length = Math.max(zone.length, other.length)
  const gap = along - (zone.length + other.length) / 2
  return turn < SAME_DIRECTION && across < ZONE_HEIGHT * length && gap < ZONE_GAP * length
}

/** The patch's long axis, pointing the way the detector says; for a patch without one, what the detector says. */
function direction(mask: LineMask, patch: Patch): number {
  const said = meanDirection(mask, patch)
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0]
  for (const cell of patch) {
    const [x, y] = [cell % mask.columns, Math.floor(cell / mask.columns)]
    sx += x
    sy += y
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  const n = patch.length
  const [xx, yy, xy] = [sxx / n - (sx / n) ** 2, syy / n - (sy / n) ** 2, sxy / n - (sx * sy) / n ** 2]
  const spread = Math.hypot(xx - yy, 2 * xy)
  const isLong = xx + yy + spread > 9 * (xx + yy - spread)
  const axis = Math.atan2(2 * xy, xx - yy) / 2
  if (!isLong) return said
  const turned = Math.cos(axis - said) < 0 ? axis + Math.PI : axis
  return Math.abs(wrapped(turned - said)) < SAME_DIRECTION ? turned : said
}

function meanDirection({ cosine, sine, inside }: LineMask, patch: Patch): number {
  let [c, s] = [0, 0]
  for (const cell of patch) {
    c += cosine[cell]! * inside[cell]!
    s += sine[cell]! * inside[cell]!
  }
  return Math.atan2(s, c)
}

/** The smallest box around the cells that is turned by `angle`. */
function box({ columns }: LineMask, cells: readonly number[], angle: number): Zone {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const cell of cells) {
    const [x, y] = [(cell % columns) + 0.5, Math.floor(cell / columns) + 0.5]
    u0 = Math.min(u0, x * c + y * s)
    u1 = Math.max(u1, x * c + y * s)
    v0 = Math.min(v0, y * c - x * s)
    v1 = Math.max(v1, y * c - x * s)
  }
  const [u, v] = [(u0 + u1) / 2, (v0 + v1) / 2]
  return { x: u * c - v * s, y: u * s + v * c, angle, length: u1 - u0 + 1, height: v1 - v0 + 1 }
}

function wrapped(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle))
}
