import { FACE_TRIANGLES } from '../anatomy/face-mesh.ts'
import { EYES } from '../anatomy/landmarks.ts'
import { linear } from '../colour.ts'
import { bell, smoothstep } from '../interpolation.ts'
import { noise } from '../noise.ts'
import type { Person } from '../person.ts'
import { Random } from '../random.ts'
import { type FacePoint, faceAtlas, facePoint, MEAN_ATLAS } from './atlas.ts'
import { beardCover, beardGrowth } from './beard.ts'
import { paintBrow } from './brows.ts'
import { SkinCanvas } from './canvas.ts'
import { Complexion, freckleDensity, redness } from './complexion.ts'
import { paintEyelids } from './eyelids.ts'
import { paintLips } from './lips.ts'
import { paintNose } from './nose.ts'
import { paintWrinkles } from './wrinkles.ts'

/**
 * Paints a person's face: skin, beard, lips, nose, wrinkles, eyelids, brows and moles.
 *
 * @param face vertices at rest, 468 x 3, cm
 * @param positions vertices of the subdivided head, cm
 */
export function paintSkin(person: Person, face: Float64Array, positions: Float32Array): SkinCanvas {
  const canvas = new SkinCanvas(faceAtlas(positions))
  const complexion = new Complexion(person)
  const random = new Random(person.seed * 11 + 1)
  paintBareSkin(canvas, person, complexion)
  paintLips(canvas, face, person, complexion.base)
  paintNose(canvas, face)
  paintWrinkles(canvas, face, person.skin.age, random)
  for (const eye of EYES) {
    paintEyelids(canvas, face, person, eye)
    paintBrow(canvas, face, person, eye, random)
  }
  paintMoles(canvas, face, person)
  canvas.bleed()
  return canvas
}

function paintBareSkin(canvas: SkinCanvas, person: Person, complexion: Complexion): void {
  const { skin, beard, hair } = person
  const { places, covered } = canvas.atlas
  const hairColour = linear(hair.colour)
  const [shift] = complexion.offset
  const pale = 1 - 0.5 * skin.tone
  for (let texel = 0; texel < covered.length; texel++) {
    if (covered[texel] === 0) continue
    const x = places[3 * texel]!
    const y = places[3 * texel + 1]!
    const z = places[3 * texel + 2]!
    const meanX = MEAN_ATLAS.places[3 * texel]!
    const meanY = MEAN_ATLAS.places[3 * texel + 1]!
    complexion.at(x, y, z)
    const { brightness, coarse, grain, dust } = complexion
    const patch = coarse * skin.blotches
    canvas.colour[3 * texel] = complexion.base[0] * brightness
    canvas.colour[3 * texel + 1] = complexion.base[1] * brightness * (1 - 0.05 * patch)
    canvas.colour[3 * texel + 2] = complexion.base[2] * brightness * (1 - 0.06 * patch)
    const red = skin.redness * redness(meanX, meanY) * (1 + 0.7 * coarse)
    canvas.darken(texel, 0.98, 1 - 0.17 * pale, 1 - 0.15 * pale, red)
    canvas.height[texel] = 0.01 * grain + 0.01 * dust + 0.006 * coarse
    const oily = 0.35 * bell(meanX, 1.7) * bell(meanY - 1, 4) + 0.3 * smoothstep(4, 6, meanY)
    canvas.gloss[texel] = 0.8 + oily + 0.15 * coarse
    if (skin.freckles > 0) {
      const spots = noise(x * 5 + shift, y * 5, z * 5 + 3) + 0.5 * noise(x * 11, y * 11, z * 11)
      canvas.darken(
        texel,
        0.72,
        0.58,
        0.48,
        smoothstep(0.55, 0.85, spots) * skin.freckles * freckleDensity(meanX, meanY),
      )
    }
    const growth = beardGrowth(beard.style, meanX, meanY, coarse)
    if (growth === 0) continue
    const hairs = smoothstep(-0.5, 0.55, noise(x * 16, y * 7, z * 16) + 0.5 * dust)
    if (beard.style === 'stubble') {
      canvas.darken(texel, 0.62, 0.64, 0.7, growth * beard.density * (0.55 + 0.45 * hairs))
    } else {
      canvas.tint(texel, hairColour, beardCover(growth, hairs, beard.density), 0.75 + 0.6 * hairs)
      canvas.height[texel]! += growth * 0.05 * hairs
      canvas.gloss[texel]! *= 1 - 0.6 * growth
    }
  }
}

function paintMoles(canvas: SkinCanvas, face: Float64Array, { skin }: Person): void {
  for (const { triangle, radius, darkness } of skin.moles) {
    const corners = FACE_TRIANGLES[triangle % FACE_TRIANGLES.length]!.map((v) => facePoint(face, v))
    const middle = [0, 1, 2, 3, 4].map((k) => (corners[0]![k]! + corners[1]![k]! + corners[2]![k]!) / 3)
    canvas.stroke([middle as unknown as FacePoint], radius * 1.4, (texel, distance) => {
      const cover = smoothstep(radius * 0.62, radius * 0.35, distance)
      canvas.darken(texel, 0.4, 0.3, 0.26, cover * darkness)
      canvas.height[texel]! += cover * 0.03
    })
  }
}
