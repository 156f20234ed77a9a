import type { ShapeDial } from './anatomy/identity.ts'

/** sRGB, 0 to 255. */
export type Srgb = readonly [number, number, number]

/** A small dark spot of the skin: on which triangle of the face mesh, radius in cm, how dark from 0 to 1. */
export interface Mole {
  readonly triangle: number
  readonly radius: number
  readonly darkness: number
}

/**
 * A person who does not exist: a name for documents, and all parameters from which the renderer draws the face.
 * Unless said otherwise, a parameter runs from 0 (none) to 1 (much).
 */
export interface Person {
  readonly id: string
  readonly surname: string
  readonly givenNames: string
  readonly sex: 'F' | 'M'
  /** ISO 8601, `1987-03-14`. */
  readonly birthDate: string
  readonly ageBand: 'young' | 'middle' | 'older'
  /** Fixes everything that is drawn at random: blotches, single brow hairs, strands. */
  readonly seed: number
  /** Shape of the face: deviation from the mean face, about -2.7 to 2.7. */
  readonly shape: Readonly<Record<ShapeDial, number>>
  /** Deviation from the mean skull in cm. */
  readonly skull: { readonly width: number; readonly height: number }
  readonly skin: {
    /** 0 very light to 1 very dark. */
    readonly tone: number
    readonly age: number
    readonly redness: number
    /** About -0.1 to 0.1. */
    readonly yellowness: number
    readonly blotches: number
    readonly freckles: number
    readonly eyeBags: number
    readonly moles: readonly Mole[]
  }
  readonly eyes: {
    readonly colour: Srgb
    readonly crease: number
    readonly lashes: number
    readonly shadow: number
  }
  readonly lips: { readonly redness: number; readonly darkness: number }
  readonly brows: { readonly thickness: number; readonly density: number; readonly colour: Srgb }
  readonly hair: {
    readonly style: 'bald' | 'buzz' | 'short' | 'side' | 'curly' | 'bun' | 'bob' | 'long'
    readonly colour: Srgb
    /** Thickness against the usual one of the style, about 0.6 to 1.4. */
    readonly volume: number
    /** How far the hairline lies above the usual one, in cm. */
    readonly lineHeight: number
    /** How far the temples recede, in cm. */
    readonly recession: number
    /** Where the parting lies, -1 (the person's right) to 1. */
    readonly parting: number
    readonly fringe: boolean
  }
  readonly beard: {
    readonly style: 'none' | 'stubble' | 'moustache' | 'goatee' | 'full'
    readonly density: number
  }
  readonly ears: { readonly size: number; readonly spread: number }
  /** Deviation of the neck's half width in cm. */
  readonly neckWidth: number
  readonly clothes: { readonly collar: 'crew' | 'v' | 'shirt'; readonly colour: Srgb }
}
