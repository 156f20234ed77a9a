import type { EyeLandmarks } from '../anatomy/landmarks.ts'
import { bell, clamp } from '../interpolation.ts'
import type { Person } from '../person.ts'
import { facePoint, type Landmark, smoothLine } from './atlas.ts'
import type { SkinCanvas } from './canvas.ts'

/** Paints what surrounds an eye: bag, shadow, lid crease, lash lines, the red of the inner corner. */
export function paintEyelids(canvas: SkinCanvas, face: Float64Array, person: Person, eye: EyeLandmarks): void {
  const { eyes, skin, shape } = person
  const line = (landmarks: readonly Landmark[]) =>
    smoothLine(
      landmarks.map((v) => facePoint(face, v)),
      3,
    )
  canvas.stroke(line(eye.bag), 1, (texel, d) => {
    canvas.darken(texel, 0.86, 0.74, 0.76, 0.75 * skin.eyeBags * bell(d, 0.42))
    canvas.height[texel]! -= 0.05 * skin.eyeBags * bell(d, 0.14)
  })
  canvas.stroke(line(eye.crease), 0.9, (texel, d) => {
    canvas.darken(texel, 0.9, 0.8, 0.8, 0.5 * bell(d, 0.5))
    canvas.darken(texel, 0.5, 0.4, 0.42, 0.8 * eyes.shadow * bell(d, 0.45))
  })
  const crease = eye.crease.map((vertex, i): Landmark => {
    const above = eye.aboveCrease[clamp(Math.round((i * 4) / 6), 0, 4)]!
    return [vertex, above, 0.25 + 0.08 * shape.creaseHeight]
  })
  canvas.stroke(line(crease), 0.3, (texel, d) => {
    canvas.creaseShade[texel] = Math.max(canvas.creaseShade[texel]!, 0.75 * eyes.crease * bell(d, 0.06))
    canvas.creaseHeight[texel]! -= 0.06 * eyes.crease * bell(d, 0.09)
  })
  canvas.stroke(line(eye.upperLid), 0.3, (texel, d) => {
    const edge = bell(d, 0.055 + 0.03 * eyes.lashes)
    canvas.darken(texel, 0.16, 0.12, 0.12, edge * clamp(0.75 * eyes.lashes + 0.35, 0, 1))
  })
  canvas.stroke(line(eye.lowerLid), 0.25, (texel, d) => {
    canvas.darken(texel, 0.5, 0.38, 0.36, bell(d, 0.05) * clamp(0.35 + 0.5 * eyes.lashes, 0, 1))
  })
  canvas.stroke([facePoint(face, eye.innerCorner)], 0.4, (texel, d) =>
    canvas.darken(texel, 0.85, 0.55, 0.55, bell(d, 0.15)),
  )
}
