import { LIPS_OUTER, MOUTH_CORNERS, UPPER_LIP_INNER } from '../anatomy/landmarks.ts'
import { bell, clamp, lerp, smoothstep } from '../interpolation.ts'
import { noise } from '../noise.ts'
import type { Person } from '../person.ts'
import { ATLAS_SIZE, type FacePoint, facePoint, smoothLine } from './atlas.ts'
import type { SkinCanvas } from './canvas.ts'

/** Colour of red lips against the skin around them. */
const RED_LIPS = [1, 0.5, 0.52] as const

/** Paints the lips: red within a soft edge, a light rim, the dark line between them, the hollow above. */
export function paintLips(canvas: SkinCanvas, face: Float64Array, { lips }: Person, skin: readonly number[]): void {
  const outline = smoothLine(
    LIPS_OUTER.map((v) => facePoint(face, v)),
    3,
    true,
  )
  const red = skin.map((v, c) => v * lerp(1, RED_LIPS[c]!, clamp(lips.redness, 0, 1.3)) * (1 - lips.darkness))
  const colour = [red[0]! * 0.94, red[1]!, red[2]!] as const
  const { places } = canvas.atlas
  canvas.stroke(outline, 1.3, (texel, distance) => {
    const inside = encloses(outline, (texel % ATLAS_SIZE) + 0.5, Math.floor(texel / ATLAS_SIZE) + 0.5)
    const depth = inside ? distance : -distance
    const cover = smoothstep(-0.14, 0.12, depth)
    if (cover > 0) {
      const x = places[3 * texel]!
      const y = places[3 * texel + 1]!
      canvas.tint(texel, colour, cover, 1 + 0.12 * noise(x * 9, y * 1.5, 3))
      canvas.gloss[texel] = lerp(canvas.gloss[texel]!, 1.7, cover)
      canvas.height[texel]! += cover * 0.012 * noise(x * 11, y * 2, 1)
    } else if (depth > -0.3) canvas.darken(texel, 1.06, 1.05, 1.05, smoothstep(-0.3, -0.12, depth))
  })
  const meeting = smoothLine(
    UPPER_LIP_INNER.map((v) => facePoint(face, v)),
    4,
  )
  canvas.stroke(meeting, 0.22, (texel, d) => canvas.darken(texel, 0.3, 0.22, 0.22, 0.95 * bell(d, 0.075)))
  for (const corner of MOUTH_CORNERS) {
    canvas.stroke([facePoint(face, corner)], 0.5, (texel, d) =>
      canvas.darken(texel, 0.62, 0.55, 0.55, 0.7 * bell(d, 0.22)),
    )
  }
  canvas.stroke([facePoint(face, 164), facePoint(face, [164, 0, 0.8])], 0.5, (texel, d) => {
    canvas.height[texel]! -= 0.05 * bell(d, 0.16)
  })
}

/** Whether a closed line in the texture encloses a texel (even-odd rule). */
function encloses(line: readonly FacePoint[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0; i + 1 < line.length; i++) {
    const ax = line[i]![3] * ATLAS_SIZE
    const ay = line[i]![4] * ATLAS_SIZE
    const bx = line[i + 1]![3] * ATLAS_SIZE
    const by = line[i + 1]![4] * ATLAS_SIZE
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}
