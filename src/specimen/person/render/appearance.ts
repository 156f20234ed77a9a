import { eyeColour } from '../anatomy/eyes.ts'
import { Material } from '../anatomy/mesh.ts'
import { insideHairline } from '../anatomy/scalp.ts'
import { type Colour, linear, scaled } from '../colour.ts'
import type { Figure } from '../figure.ts'
import { clamp, lerp, smoothstep } from '../interpolation.ts'
import { noise, turbulence } from '../noise.ts'
import type { View } from './rasteriser.ts'
import { reliefHeights, sample, tiltByRelief } from './relief.ts'

/** A surface's look at one pixel: diffuse colour (linear), strength of highlights, normal of any length. */
export interface Look {
  readonly colour: Float64Array
  readonly normal: Float64Array
  gloss: number
}

/** How much of the lid crease is left on closed lids. */
const CREASE_LEFT = 0.15
const MOUTH_COLOUR: Colour = [0.03, 0.008, 0.008]
const TEETH_COLOUR: Colour = [0.62, 0.58, 0.5]
const LASH_COLOUR: Colour = [0.008, 0.008, 0.008]

/** Tells how a figure looks at each pixel of a view. */
export class Appearance {
  readonly #heights: Float32Array
  readonly #crease: number
  readonly #hair: Colour
  readonly #iris: Colour
  readonly #cloth: Colour

  constructor(
    readonly figure: Figure,
    readonly view: View,
    lids: number,
  ) {
    this.#crease = 1 - (1 - CREASE_LEFT) * lids
    this.#heights = reliefHeights(view, figure.skin, this.#crease)
    this.#hair = linear(figure.person.hair.colour)
    this.#iris = linear(figure.person.eyes.colour)
    this.#cloth = linear(figure.person.clothes.colour)
  }

  /** Fills `look` for a pixel; `look.normal` holds the geometric normal before. */
  at(pixel: number, look: Look): void {
    look.gloss = 0
    const { texture, pattern, material } = this.view
    const [u, v] = [texture[2 * pixel]!, texture[2 * pixel + 1]!]
    const x = pattern[3 * pixel]!
    const y = pattern[3 * pixel + 1]!
    const z = pattern[3 * pixel + 2]!
    switch (material[pixel]) {
      case Material.face:
        this.#face(pixel, u, v, look)
        break
      case Material.skin:
        this.#skin(x, y, z, look)
        break
      case Material.eye:
        eyeColour(this.#iris, this.figure.person.seed, x, y, look.colour)
        break
      case Material.hair:
        this.#strands(u, v, x, y, z, look)
        break
      case Material.cloth:
        this.#fabric(x, y, z, look)
        break
      case Material.teeth: {
        const gaps = 0.75 + 0.25 * smoothstep(0, 0.25, Math.abs(Math.sin(x * 4.2)))
        look.colour.set(scaled(TEETH_COLOUR, gaps))
        look.gloss = 1
        break
      }
      case Material.mouth:
        look.colour.set(MOUTH_COLOUR)
        break
      default:
        look.colour.set(LASH_COLOUR)
    }
  }

  #face(pixel: number, u: number, v: number, look: Look): void {
    const { skin } = this.figure
    const crease = this.#crease * sample(skin.creaseShade, u, v)
    for (let c = 0; c < 3; c++) look.colour[c] = sample(skin.colour, u, v, c, 3)
    look.colour[0]! *= 1 - 0.38 * crease
    look.colour[1]! *= 1 - 0.5 * crease
    look.colour[2]! *= 1 - 0.52 * crease
    look.gloss = sample(skin.gloss, u, v)
    tiltByRelief(this.view, this.#heights, pixel, look.normal)
  }

  /** Neck, ears and scalp: the face's complexion, reddish ears, a shade of hair at its roots, the beard under the jaw. */
  #skin(x: number, y: number, z: number, look: Look): void {
    const { complexion, person, chin } = this.figure
    complexion.at(x, y, z)
    const isEar = Math.abs(x) > 6.6 && z < -6.6 && y > -4 && y < 6
    look.colour[0] = complexion.base[0] * complexion.brightness
    look.colour[1] = complexion.base[1] * complexion.brightness * (isEar ? 0.88 : 1)
    look.colour[2] = complexion.base[2] * complexion.brightness * (isEar ? 0.86 : 1)
    look.gloss = 0.6
    if (person.hair.style !== 'bald' && !isEar && y > -6) {
      const roots = smoothstep(-0.5, 1, insideHairline(person.hair, person.sex, x, y, z) + 0.5 * complexion.coarse)
      this.#mixHair(look, 0.85 * roots, 0.8 + 0.5 * complexion.grain)
    }
    const strength = { none: 0, moustache: 0, goatee: 0, stubble: 0.35, full: 0.85 }[person.beard.style]
    if (strength > 0 && y < chin + 3.5) {
      const under = smoothstep(-8, -5.5, z) * smoothstep(chin - 2.6, chin - 0.8, y)
      this.#mixHair(look, under * strength * person.beard.density, 1 + 0.4 * complexion.grain)
    }
  }

  #mixHair(look: Look, share: number, brightness: number): void {
    for (let c = 0; c < 3; c++) look.colour[c] = lerp(look.colour[c]!, this.#hair[c]! * brightness, share)
  }

  #strands(u: number, v: number, x: number, y: number, z: number, look: Look): void {
    const { seed, hair } = this.figure.person
    const curls = hair.style === 'curly' ? 0.7 * noise(x * 3, y * 3, z * 3) : 0
    const strands = 0.5 * noise(u * 300 + seed, v * 5, 1) + 0.4 * noise(u * 90, v * 3, 5)
    const locks = 0.25 * noise(x * 0.8, y * 0.3, z * 0.8)
    const variation = strands + curls + locks
    for (let c = 0; c < 3; c++) look.colour[c] = this.#hair[c]! * clamp(1 + 0.65 * variation, 0.3, 2) + 0.003
    look.normal[0]! += strands * 0.18
    look.normal[1]! += strands * 0.08
  }

  #fabric(x: number, y: number, z: number, look: Look): void {
    const weave = 0.07 * noise(x * 11, y * 16, z * 11) + 0.1 * turbulence(x * 0.4, y * 0.5, z * 0.4, 2)
    for (let c = 0; c < 3; c++) look.colour[c] = this.#cloth[c]! * (1 + weave)
    look.normal[0]! += 0.22 * turbulence(x * 0.5 + 9, y * 0.35, z * 0.5, 2)
    look.normal[1]! += 0.18 * turbulence(x * 0.5, y * 0.35 + 7, z * 0.5, 2)
  }
}
