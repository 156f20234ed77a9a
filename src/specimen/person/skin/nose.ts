import { NOSTRILS } from '../anatomy/landmarks.ts'
import { bell } from '../interpolation.ts'
import { between, type FacePoint, facePoint, type Landmark, smoothLine } from './atlas.ts'
import type { SkinCanvas } from './canvas.ts'

/** Where the nose's wings meet the cheeks. */
const WING_CREASES: readonly (readonly Landmark[])[] = [
  [[129, 49, 0.2], 102, 64, 98],
  [[358, 279, 0.2], 331, 294, 327],
]

/** Paints nostrils and the creases around the wings. */
export function paintNose(canvas: SkinCanvas, face: Float64Array): void {
  for (const ring of NOSTRILS) {
    const points = ring.map((v) => facePoint(face, v))
    const middle = [0, 1, 2, 3, 4].map((k) => points.reduce((sum, p) => sum + p[k]!, 0) / points.length)
    const centre = middle as unknown as FacePoint
    const opening = [between(centre, points[2]!, 0.45), centre, between(centre, points[4]!, 0.4)]
    canvas.stroke(opening, 0.55, (texel, d) =>
      canvas.darken(texel, 0.1, 0.06, 0.05, 0.95 * Math.exp(-((d / 0.17) ** 4))),
    )
  }
  for (const crease of WING_CREASES) {
    canvas.stroke(
      smoothLine(
        crease.map((v) => facePoint(face, v)),
        4,
      ),
      0.35,
      (texel, d) => {
        canvas.darken(texel, 0.72, 0.6, 0.58, 0.6 * bell(d, 0.09))
        canvas.height[texel]! -= 0.05 * bell(d, 0.12)
      },
    )
  }
}
