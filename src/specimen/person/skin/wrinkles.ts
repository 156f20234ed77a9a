import { NASOLABIAL_FOLDS } from '../anatomy/landmarks.ts'
import { bell, clamp } from '../interpolation.ts'
import type { Random } from '../random.ts'
import { facePoint, type Landmark, smoothLine } from './atlas.ts'
import type { SkinCanvas } from './canvas.ts'

/** From here on age draws lines beside the folds of the cheeks. */
const LINES_FROM_AGE = 0.3

const FOREHEAD: readonly (readonly [from: number, to: number])[] = [
  [104, 63], [69, 105], [108, 107], [151, 9], [337, 336], [299, 334], [333, 293],
] // biome-ignore format: one line of the forehead
const FROWN: readonly (readonly Landmark[])[] = [
  [[107, 9, 0.5], [55, 8, 0.45]],
  [[336, 9, 0.5], [285, 8, 0.45]],
] // biome-ignore format: one side a line
const CROWS_FEET: readonly (readonly Landmark[])[] = [
  [130, 226, 35], [130, 31, 111], [130, 113, 124],
  [359, 446, 265], [359, 261, 340], [359, 342, 353],
] // biome-ignore format: one side a line
const MARIONETTE: readonly (readonly Landmark[])[] = [
  [61, 57, 43, 202],
  [291, 287, 273, 422],
]

/** Paints the folds beside nose and mouth, and the lines that come with age (0 to 1). */
export function paintWrinkles(canvas: SkinCanvas, face: Float64Array, age: number, random: Random): void {
  const fold = (landmarks: readonly Landmark[], width: number, depth: number, darkness: number) => {
    const line = smoothLine(
      landmarks.map((v) => facePoint(face, v)),
      4,
    )
    canvas.stroke(line, 3 * width, (texel, distance, along) => {
      const fade = Math.sin(Math.PI * clamp(along * 0.9 + 0.08, 0, 1))
      canvas.height[texel]! -= depth * fade * bell(distance, width)
      canvas.darken(texel, 0.8, 0.7, 0.68, darkness * fade * bell(distance, width * 0.8))
    })
  }
  for (const landmarks of NASOLABIAL_FOLDS) fold(landmarks, 0.16, 0.02 + 0.1 * age * age, 0.1 + 0.45 * age * age)
  if (age <= LINES_FROM_AGE) return
  const lines = (age - LINES_FROM_AGE) / (1 - LINES_FROM_AGE)
  for (let row = 0; row < 3; row++) {
    const down = 0.1 + (random.between(-0.1, 0.1) + row * 0.33) * 0.6
    fold(
      FOREHEAD.map(([from, to]) => [from, to, down]),
      0.09,
      0.06 * lines * random.unit(),
      0.35 * lines * random.unit(),
    )
  }
  for (const landmarks of FROWN) fold(landmarks, 0.08, 0.06 * lines * random.unit(), 0.3 * lines * random.unit())
  for (const landmarks of CROWS_FEET) fold(landmarks, 0.07, 0.05 * lines * random.unit(), 0.3 * lines)
  for (const landmarks of MARIONETTE) fold(landmarks, 0.14, 0.05 * lines * random.unit(), 0.3 * lines * random.unit())
}
