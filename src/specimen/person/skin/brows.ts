import type { EyeLandmarks } from '../anatomy/landmarks.ts'
import { linear, scaled } from '../colour.ts'
import { clamp, lerp, smoothstep } from '../interpolation.ts'
import type { Person } from '../person.ts'
import type { Random } from '../random.ts'
import { between, type FacePoint, facePoint, smoothLine } from './atlas.ts'
import type { SkinCanvas } from './canvas.ts'

/** Hairs of a brow of thickness and density 1. */
const HAIRS = 230
const HAIR_RADIUS_CM = 0.045

/** Paints one brow: a soft shade, then single hairs, upright at the inner end and lying down towards the outer one. */
export function paintBrow(
  canvas: SkinCanvas,
  face: Float64Array,
  { brows }: Person,
  eye: EyeLandmarks,
  random: Random,
): void {
  const upper = smoothLine(
    eye.browUpper.map((v) => facePoint(face, v)),
    4,
  )
  const lower = smoothLine(
    eye.browLower.map((v) => facePoint(face, v)),
    4,
  )
  /** A point of the brow: `s` 0 at its outer end, 1 at its inner end; `t` 0 at its lower edge, 1 at its upper one. */
  const at = (s: number, t: number): FacePoint => {
    const place = clamp(s, 0, 1) * (upper.length - 1)
    const i = Math.min(Math.floor(place), upper.length - 2)
    return between(between(lower[i]!, lower[i + 1]!, place - i), between(upper[i]!, upper[i + 1]!, place - i), t)
  }
  const width = (s: number) =>
    0.62 * brows.thickness * lerp(0.28, 1, smoothstep(0, 0.55, s)) * lerp(1, 0.8, smoothstep(0.8, 1, s))
  const colour = linear(brows.colour)
  const middle = Array.from({ length: 13 }, (_, i) => at(i / 12, 0.45))
  canvas.stroke(middle, 1, (texel, distance, along) => {
    const half = width(along) * 0.5
    const ends = smoothstep(0, 0.1, along) * smoothstep(1.02, 0.9, along)
    canvas.tint(texel, colour, smoothstep(half * 1.35, half * 0.45, distance) * 0.55 * brows.density * ends)
  })
  const dark = scaled(colour, 0.7)
  const hairs = Math.round(HAIRS * brows.density * brows.thickness)
  for (let i = 0; i < hairs; i++) {
    const s = random.unit() ** 0.8 * 0.98
    const t = 0.45 + (random.unit() - 0.5) * width(s) * 1.25
    const outward = (0.1 + 0.06 * random.unit()) * (1 - 0.35 * s)
    const upward = lerp(-0.12, 0.75, smoothstep(0.45, 1, s)) * 0.35 * brows.thickness - (s < 0.5 ? 0.1 : 0)
    canvas.hair(at(s, t), at(s - outward, t + upward), HAIR_RADIUS_CM, (texel, distance) => {
      canvas.tint(texel, dark, 0.6 * smoothstep(HAIR_RADIUS_CM, 0.012, distance))
    })
  }
}
