import type { PlacedSurface } from './pose.ts'

const SIZE = 320
/** Width of the square that the map covers, cm: head and shoulders. */
const SPAN_CM = 44
const TEXELS_A_CM = SIZE / SPAN_CM
/** A surface shades only what lies this far behind it, cm; less, and it would shade itself. */
const BIAS_CM = 0.22
/** How dark full shadow is: light always finds a way round. */
const LEAST_LIGHT = 0.12

/** What a lamp sees first, looking along its own direction: how far towards it the nearest surface lies. */
export class ShadowMap {
  readonly #nearest = new Float32Array(SIZE * SIZE).fill(Number.NEGATIVE_INFINITY)
  readonly #middle: readonly [number, number, number]
  readonly #towards: readonly [number, number, number]
  readonly #right: readonly [number, number, number]
  readonly #up: readonly [number, number, number]

  /** @param towards unit vector to the lamp; @param middle of the scene, cm */
  constructor(
    surfaces: readonly PlacedSurface[],
    towards: readonly [number, number, number],
    middle: readonly [number, number, number],
  ) {
    this.#middle = middle
    this.#towards = towards
    const length = Math.hypot(towards[0], towards[2])
    const right = [towards[2] / length, 0, -towards[0] / length] as const
    this.#right = right
    this.#up = [towards[1] * right[2], towards[2] * right[0] - towards[0] * right[2], -towards[1] * right[0]]
    for (const surface of surfaces) if (surface.castsShadow) this.#draw(surface)
  }

  #draw({ positions, mesh: { triangles } }: PlacedSurface): void {
    const seen = new Float32Array(positions.length)
    for (let i = 0; i < positions.length; i += 3)
      this.#see(positions[i]!, positions[i + 1]!, positions[i + 2]!, seen, i)
    for (let i = 0; i < triangles.length; i += 3) {
      const a = 3 * triangles[i]!
      const b = 3 * triangles[i + 1]!
      const c = 3 * triangles[i + 2]!
      const ax = seen[a]!
      const ay = seen[a + 1]!
      const ux = seen[b]! - ax
      const uy = seen[b + 1]! - ay
      const vx = seen[c]! - ax
      const vy = seen[c + 1]! - ay
      const area = ux * vy - vx * uy
      if (area === 0) continue
      const left = Math.max(0, Math.ceil(ax + Math.min(0, ux, vx) - 0.5))
      const right = Math.min(SIZE - 1, Math.floor(ax + Math.max(0, ux, vx) - 0.5))
      const top = Math.max(0, Math.ceil(ay + Math.min(0, uy, vy) - 0.5))
      const bottom = Math.min(SIZE - 1, Math.floor(ay + Math.max(0, uy, vy) - 0.5))
      for (let y = top; y <= bottom; y++) {
        for (let x = left; x <= right; x++) {
          const px = x + 0.5 - ax
          const py = y + 0.5 - ay
          const wb = (px * vy - vx * py) / area
          const wc = (ux * py - px * uy) / area
          if (wb < 0 || wc < 0 || wb + wc > 1) continue
          const near = (1 - wb - wc) * seen[a + 2]! + wb * seen[b + 2]! + wc * seen[c + 2]!
          if (near > this.#nearest[y * SIZE + x]!) this.#nearest[y * SIZE + x] = near
        }
      }
    }
  }

  /** Writes a point's place in the map and its distance towards the lamp. */
  #see(x: number, y: number, z: number, into: Float32Array, at: number): void {
    const dx = x - this.#middle[0]
    const dy = y - this.#middle[1]
    const dz = z - this.#middle[2]
    into[at] = SIZE / 2 + TEXELS_A_CM * (dx * this.#right[0] + dz * this.#right[2])
    into[at + 1] = SIZE / 2 - TEXELS_A_CM * (dx * this.#up[0] + dy * this.#up[1] + dz * this.#up[2])
    into[at + 2] = dx * this.#towards[0] + dy * this.#towards[1] + dz * this.#towards[2]
  }

  readonly #point = new Float32Array(3)

  /**
   * The share of the lamp's light that reaches a point (cm, camera's frame): soft edges by 5 x 5 samples of the map,
   * where the four outermost and the middle one differ.
   */
  light(x: number, y: number, z: number): number {
    this.#see(x, y, z, this.#point, 0)
    const column = Math.floor(this.#point[0]!)
    const row = Math.floor(this.#point[1]!)
    const near = this.#point[2]! + BIAS_CM
    let free = this.#free(column, row, near)
    for (let j = -2; j <= 2; j += 4) for (let i = -2; i <= 2; i += 4) free += this.#free(column + i, row + j, near)
    if (free === 0 || free === 5) return free === 0 ? LEAST_LIGHT : 1
    free = 0
    for (let j = -2; j <= 2; j++) for (let i = -2; i <= 2; i++) free += this.#free(column + i, row + j, near)
    return LEAST_LIGHT + ((1 - LEAST_LIGHT) * free) / 25
  }

  /** 1 where nothing lies nearer to the lamp, else 0. */
  #free(column: number, row: number, near: number): number {
    if (row < 0 || column < 0 || row >= SIZE || column >= SIZE) return 1
    return this.#nearest[row * SIZE + column]! < near ? 1 : 0
  }
}
