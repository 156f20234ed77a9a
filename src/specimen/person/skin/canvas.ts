import type { Colour } from '../colour.ts'
import { clamp } from '../interpolation.ts'
import { ATLAS_SIZE, type Atlas, type FacePoint } from './atlas.ts'

/** Texture coordinates to cm, roughly: at least this many cm for one unit (for bounds), and usually. */
const LEAST_CM = 8.5
const USUAL_CM = 15.5

/** A person's skin laid out flat, `ATLAS_SIZE` squared. Lengths in cm. */
export class SkinCanvas {
  /** Linear red green blue, interleaved. */
  readonly colour = new Float32Array(ATLAS_SIZE * ATLAS_SIZE * 3)
  /** Relief in cm. */
  readonly height = new Float32Array(ATLAS_SIZE * ATLAS_SIZE)
  /** Strength of highlights, about 1. */
  readonly gloss = new Float32Array(ATLAS_SIZE * ATLAS_SIZE)
  /** Relief in cm, and darkness 0 to 1, of the lid crease: apart, because it fades as the eye closes. */
  readonly creaseHeight = new Float32Array(ATLAS_SIZE * ATLAS_SIZE)
  readonly creaseShade = new Float32Array(ATLAS_SIZE * ATLAS_SIZE)

  constructor(readonly atlas: Atlas) {}

  /** Multiplies a texel's colour, by `strength` of the way from 1. */
  darken(texel: number, red: number, green: number, blue: number, strength: number): void {
    this.colour[3 * texel]! *= 1 + (red - 1) * strength
    this.colour[3 * texel + 1]! *= 1 + (green - 1) * strength
    this.colour[3 * texel + 2]! *= 1 + (blue - 1) * strength
  }

  /** Moves a texel's colour towards `colour` times `brightness`, by `strength` of the way. */
  tint(texel: number, colour: Colour, strength: number, brightness = 1): void {
    for (let k = 0; k < 3; k++) {
      this.colour[3 * texel + k]! += (colour[k]! * brightness - this.colour[3 * texel + k]!) * strength
    }
  }

  /**
   * Visits every texel within `reach` cm of a line: its distance in cm, and how far along the line it lies (0 to 1).
   */
  stroke(
    line: readonly FacePoint[],
    reach: number,
    paint: (texel: number, distance: number, along: number) => void,
  ): void {
    const { places, covered } = this.atlas
    const margin = reach / LEAST_CM
    const us = line.map((p) => p[3])
    const vs = line.map((p) => p[4])
    const left = Math.max(0, Math.floor((Math.min(...us) - margin) * ATLAS_SIZE))
    const right = Math.min(ATLAS_SIZE - 1, Math.ceil((Math.max(...us) + margin) * ATLAS_SIZE))
    const top = Math.max(0, Math.floor((Math.min(...vs) - margin) * ATLAS_SIZE))
    const bottom = Math.min(ATLAS_SIZE - 1, Math.ceil((Math.max(...vs) + margin) * ATLAS_SIZE))
    const pieces = Math.max(1, line.length - 1)
    // A line of one point has one piece, from that point to itself.
    const points = new Float64Array(3 * (line.length + 1))
    for (let i = 0; i <= line.length; i++) points.set(line[Math.min(i, line.length - 1)]!.slice(0, 3), 3 * i)
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const texel = y * ATLAS_SIZE + x
        if (covered[texel] === 0) continue
        const px = places[3 * texel]!
        const py = places[3 * texel + 1]!
        const pz = places[3 * texel + 2]!
        let nearest = reach * reach
        let along = -1
        for (let i = 0; i < pieces; i++) {
          const at = 3 * i
          const ax = points[at]!
          const ay = points[at + 1]!
          const az = points[at + 2]!
          const dx = points[at + 3]! - ax
          const dy = points[at + 4]! - ay
          const dz = points[at + 5]! - az
          const length = dx * dx + dy * dy + dz * dz
          const t = length > 0 ? clamp(((px - ax) * dx + (py - ay) * dy + (pz - az) * dz) / length, 0, 1) : 0
          const ex = ax + dx * t - px
          const ey = ay + dy * t - py
          const ez = az + dz * t - pz
          const distance = ex * ex + ey * ey + ez * ez
          if (distance < nearest) {
            nearest = distance
            along = (i + t) / pieces
          }
        }
        if (along >= 0) paint(texel, Math.sqrt(nearest), along)
      }
    }
  }

  /** Visits the texels of one straight hair, thinner to its tip: distance from its middle in cm. Measured in the texture. */
  hair(root: FacePoint, tip: FacePoint, radius: number, paint: (texel: number, distance: number) => void): void {
    const ax = root[3] * ATLAS_SIZE
    const ay = root[4] * ATLAS_SIZE
    const dx = tip[3] * ATLAS_SIZE - ax
    const dy = tip[4] * ATLAS_SIZE - ay
    const margin = (radius / USUAL_CM) * ATLAS_SIZE + 1
    const left = Math.max(0, Math.floor(Math.min(ax, ax + dx) - margin))
    const right = Math.min(ATLAS_SIZE - 1, Math.max(ax, ax + dx) + margin)
    const top = Math.max(0, Math.floor(Math.min(ay, ay + dy) - margin))
    const bottom = Math.min(ATLAS_SIZE - 1, Math.max(ay, ay + dy) + margin)
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const texel = y * ATLAS_SIZE + x
        if (this.atlas.covered[texel] === 0) continue
        const t = clamp(((x + 0.5 - ax) * dx + (y + 0.5 - ay) * dy) / (dx * dx + dy * dy + 1e-9), 0, 1)
        const distance = (Math.hypot(ax + dx * t - x - 0.5, ay + dy * t - y - 0.5) * USUAL_CM) / ATLAS_SIZE
        if (distance < radius) paint(texel, distance * (0.7 + 0.5 * t))
      }
    }
  }

  /** Carries colours a few texels beyond the face's edge, so that sampling there finds skin. */
  bleed(): void {
    const { covered } = this.atlas
    for (let round = 0; round < 3; round++) {
      const from = new Map<number, number>()
      for (let texel = ATLAS_SIZE; texel < covered.length - ATLAS_SIZE; texel++) {
        if (covered[texel] !== 0) continue
        if (covered[texel + 1] !== 0) from.set(texel, texel + 1)
        else if (covered[texel - 1] !== 0) from.set(texel, texel - 1)
        else if (covered[texel + ATLAS_SIZE] !== 0) from.set(texel, texel + ATLAS_SIZE)
        else if (covered[texel - ATLAS_SIZE] !== 0) from.set(texel, texel - ATLAS_SIZE)
      }
      for (const [texel, neighbour] of from) {
        covered[texel] = 1
        this.colour.copyWithin(3 * texel, 3 * neighbour, 3 * neighbour + 3)
        this.height[texel] = this.height[neighbour]!
        this.gloss[texel] = this.gloss[neighbour]!
      }
    }
  }
}
