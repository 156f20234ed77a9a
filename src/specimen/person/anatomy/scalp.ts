import { lerp, polyline } from '../interpolation.ts'
import type { Person } from '../person.ts'
import type { Skull } from './head.ts'

const COLUMNS = 72
const ROWS = 36

/** How far the head's surface lies from the skull's centre, by direction, in cm. */
export class Scalp {
  readonly #radius = new Float32Array(COLUMNS * ROWS)
  readonly #centre: Skull['centre']

  /** @param positions vertices of the head, x y z interleaved, cm */
  constructor(positions: Float32Array, { centre }: Skull) {
    this.#centre = centre
    const hits = new Float32Array(COLUMNS * ROWS)
    for (let i = 0; i < positions.length; i += 3) {
      const x = positions[i]! - centre[0]
      const y = positions[i + 1]! - centre[1]
      const z = positions[i + 2]! - centre[2]
      const radius = Math.hypot(x, y, z)
      const column = Math.round((Math.atan2(x, z) / (2 * Math.PI)) * COLUMNS + COLUMNS) % COLUMNS
      const row = Math.min(ROWS - 1, Math.floor((Math.acos(y / radius) / Math.PI) * ROWS))
      hits[row * COLUMNS + column]!++
      this.#radius[row * COLUMNS + column]! += radius
    }
    for (let i = 0; i < hits.length; i++) if (hits[i]! > 0) this.#radius[i]! /= hits[i]!
    this.#fillGaps(hits)
  }

  /** Directions that no vertex met take the mean of their neighbours, from the edges of each gap inwards. */
  #fillGaps(hits: Float32Array): void {
    for (let gaps = true; gaps; ) {
      gaps = false
      const known = hits.slice()
      for (let i = 0; i < hits.length; i++) {
        if (known[i]! > 0) continue
        const row = Math.floor(i / COLUMNS)
        const column = i % COLUMNS
        const around = [
          row * COLUMNS + ((column + 1) % COLUMNS),
          row * COLUMNS + ((column + COLUMNS - 1) % COLUMNS),
          Math.max(0, row - 1) * COLUMNS + column,
          Math.min(ROWS - 1, row + 1) * COLUMNS + column,
        ].filter((j) => known[j]! > 0)
        if (around.length === 0) {
          gaps = true
          continue
        }
        hits[i] = 1
        this.#radius[i] = around.reduce((sum, j) => sum + this.#radius[j]!, 0) / around.length
      }
    }
  }

  /**
   * A point at `height` cm above the surface. `around`: radians about the vertical axis, 0 to the front, positive to
   * the picture's right; `down`: radians from straight up.
   */
  point(around: number, down: number, height: number): [number, number, number] {
    const radius = this.#radiusAt(around, down) + height
    const across = radius * Math.sin(down)
    return [
      this.#centre[0] + across * Math.sin(around),
      this.#centre[1] + radius * Math.cos(down),
      this.#centre[2] + across * Math.cos(around),
    ]
  }

  #radiusAt(around: number, down: number): number {
    const column = (around / (2 * Math.PI)) * COLUMNS + COLUMNS
    const row = Math.min(ROWS - 1.001, Math.max(0, (down / Math.PI) * ROWS - 0.5))
    const left = Math.floor(column)
    const top = Math.floor(row)
    const at = (r: number, c: number) => this.#radius[r * COLUMNS + (c % COLUMNS)]!
    const upper = lerp(at(top, left), at(top, left + 1), column - left)
    const lower = lerp(at(top + 1, left), at(top + 1, left + 1), column - left)
    return lerp(upper, lower, row - top)
  }
}

const LINE_HEIGHTS = [-7, -6, -5, -2, 0.4, 0.9, 4.2, 5.4, 7.8, 9.4, 10.6, 11.5, 12.2]
const LINE_DEPTHS = [-40, -40, -12.6, -11.2, -9.3, -7, -6.2, -4.6, -3.6, -2.2, -0.4, 2, 6]
const LINE_RECESSION = [0, 0, 0, 0, 0, 0, 0.6, 1.2, 1.6, 1.6, 1.2, 0.8, 0]
const FRINGE_HEIGHTS = [-7, -6, -5, -2, 0.4, 0.9, 4.2, 5.2, 6.4, 6.9]
const FRINGE_DEPTHS = [-40, -40, -12.6, -11.2, -9.3, -7, -5.8, -3.9, -1.2, 6]

/** How deep inside the hair a point of the head lies, in cm behind the hairline; negative where the skin is bare. */
export function insideHairline(hair: Person['hair'], sex: Person['sex'], x: number, y: number, z: number): number {
  const height = y - hair.lineHeight * 0.5
  if (height <= LINE_HEIGHTS[0]!) return -40
  const usual =
    polyline(LINE_HEIGHTS, LINE_DEPTHS, height) - hair.recession * polyline(LINE_HEIGHTS, LINE_RECESSION, height)
  const peak = sex === 'M' ? 0.8 * Math.exp(-((x / 1.6) ** 2)) : 0
  const fringe = hair.fringe ? polyline(FRINGE_HEIGHTS, FRINGE_DEPTHS, height) : -40
  return Math.max(usual + peak, fringe) - z
}
