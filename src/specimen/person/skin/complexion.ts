import { blend, type Colour, linear } from '../colour.ts'
import { bell, clamp } from '../interpolation.ts'
import { noise, turbulence } from '../noise.ts'
import type { Person } from '../person.ts'
import { Random } from '../random.ts'

/** From very light to very dark skin, sRGB. */
const TONES = [
  [246, 214, 196],
  [240, 203, 180],
  [228, 184, 152],
  [208, 158, 122],
  [178, 126, 90],
  [138, 92, 64],
  [100, 64, 45],
  [74, 47, 35],
] as const

/** A person's skin without any feature: its mean colour, and how it varies from place to place. */
export class Complexion {
  readonly base: Colour
  /** Where in the noise this person's skin lies. */
  readonly offset: readonly [number, number, number]
  readonly #blotches: number
  /** Filled by `at`: relative brightness, coarse variation about -1 to 1, fine grain, finest grain. */
  brightness = 1
  coarse = 0
  grain = 0
  dust = 0

  constructor({ skin, seed }: Pick<Person, 'skin' | 'seed'>) {
    const place = clamp(skin.tone, 0, 0.9999) * (TONES.length - 1)
    const step = Math.floor(place)
    const [r, g, b] = blend(linear(TONES[step]!), linear(TONES[step + 1]!), place - step)
    this.base = [r * (1 + skin.yellowness * 0.3), g, b * (1 - skin.yellowness * 2)]
    const random = new Random(seed * 7 + 3)
    this.offset = [random.between(0, 90), random.between(0, 90), random.between(0, 90)]
    this.#blotches = skin.blotches
  }

  /** Sets the variation at a point of the head, cm. */
  at(x: number, y: number, z: number): void {
    const [a, b, c] = this.offset
    const broad = turbulence(x * 0.35 + a, y * 0.35 + b, z * 0.35, 2)
    this.coarse = turbulence(x * 1.6 + b, y * 1.6 + c, z * 1.6, 2)
    this.grain = noise(x * 9 + c, y * 9, z * 9)
    this.dust = noise(x * 21, y * 21 + a, z * 21)
    this.brightness = 1 + this.#blotches * (0.1 * broad + 0.1 * this.coarse) + 0.045 * this.grain + 0.03 * this.dust
  }
}

/** How red the skin is at a point of the mean face, cm: cheeks, nose and chin; 0 to about 1. */
export function redness(x: number, y: number): number {
  const cheeks = 0.9 * bell(Math.abs(x) - 4.2, 2) * bell(y + 0.4, 2.1)
  const nose = 0.8 * bell(x, 1.6) * bell(y + 0.3, 1.5)
  const chin = 0.35 * bell(x, 1.8) * bell(y + 7, 1.3)
  return cheeks + nose + chin
}

/** How many freckles lie at a point of the mean face, cm: over nose and cheeks; 0 to 1. */
export function freckleDensity(x: number, y: number): number {
  return bell(Math.abs(x) - 2.6, 3) * bell(y - 0.2, 2)
}
