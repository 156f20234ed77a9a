import { eyeDistance, type FaceGeometry, MESH, MESH_VALUES, meshPoint } from '../face/index.ts'
import type { Picture } from '../image/index.ts'
import type { Light } from './lights.ts'

/** Light that a frame received: linear red, green and blue, 0 to 1. */
export interface Reflection {
  /** From forehead and cheeks, on average. */
  readonly face: Light
  /** From what stands to both sides of the head; undefined when the head fills the frame. */
  readonly background: Light | undefined
  /** From every point of the mesh, interleaved: the mean of 3 x 3 pixels. */
  readonly skin: Float32Array
}

interface Rectangle {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Skin that hair, beard and shadow seldom cover. */
const SKIN = [MESH.foreheadMiddle, MESH.rightCheek, MESH.leftCheek] as const
/** Half the side of a patch of skin, in eye distances. */
const PATCH = 0.14
/** Hair and ears reach about so far beyond the edge of the face, by its width. */
const HAIR = 0.4
/** A strip of background narrower than this, by the width of the face, says little. */
const MIN_STRIP = 0.06
/** Samples a side of each rectangle: an evenly spread choice stands for all pixels. */
const SAMPLES = 10

/** sRGB (IEC 61966-2-1) to linear light. */
const LINEAR = Float32Array.from({ length: 256 }, (_, i) => {
  const v = i / 255
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
})

/** Measures what face and background reflect, on some hundreds of pixels. */
export function measureReflection(picture: Picture, { mesh }: FaceGeometry): Reflection {
  const reach = PATCH * eyeDistance(mesh)
  const skin = SKIN.map((index) => {
    const { x, y } = meshPoint(mesh, index)
    return { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
  })
  return {
    face: mean(picture, skin) ?? [0, 0, 0],
    background: mean(picture, besideHead(picture, mesh)),
    skin: aroundPoints(picture, mesh),
  }
}

/** The strips to the left and right of the head, from the top of the forehead to the mouth. */
function besideHead({ width }: Picture, mesh: Float32Array): Rectangle[] {
  const edges = [meshPoint(mesh, MESH.rightCheekEdge).x, meshPoint(mesh, MESH.leftCheekEdge).x]
  const [left, right] = [Math.min(...edges), Math.max(...edges)]
  const face = right - left
  const top = meshPoint(mesh, MESH.foreheadTop).y
  const bottom = meshPoint(mesh, MESH.mouthLeft).y
  return [
    { left: 0, top, right: left - HAIR * face, bottom },
    { left: right + HAIR * face, top, right: width - 1, bottom },
  ].filter((strip) => strip.right - strip.left >= MIN_STRIP * face)
}

/** Of what lies inside the picture; undefined when nothing does. */
function mean({ data, width, height }: Picture, rectangles: readonly Rectangle[]): Light | undefined {
  let [red, green, blue, count] = [0, 0, 0, 0]
  for (const { left, top, right, bottom } of rectangles) {
    for (let row = 0; row < SAMPLES; row++) {
      const y = Math.round(top + ((bottom - top) * (row + 0.5)) / SAMPLES)
      if (!(y >= 0 && y < height)) continue
      for (let column = 0; column < SAMPLES; column++) {
        const x = Math.round(left + ((right - left) * (column + 0.5)) / SAMPLES)
        if (!(x >= 0 && x < width)) continue
        const at = 3 * (y * width + x)
        red += LINEAR[data[at]!]!
        green += LINEAR[data[at + 1]!]!
        blue += LINEAR[data[at + 2]!]!
        count++
      }
    }
  }
  return count > 0 ? [red / count, green / count, blue / count] : undefined
}

function aroundPoints({ data, width, height }: Picture, mesh: Float32Array): Float32Array {
  const light = new Float32Array(MESH_VALUES)
  for (let i = 0; i < MESH_VALUES; i += 3) {
    const left = Math.min(Math.max(Math.round(mesh[i]!) - 1, 0), width - 3)
    const top = Math.min(Math.max(Math.round(mesh[i + 1]!) - 1, 0), height - 3)
    for (let y = top; y < top + 3; y++) {
      for (let at = 3 * (y * width + left); at < 3 * (y * width + left + 3); at += 3) {
        light[i]! += LINEAR[data[at]!]! / 9
        light[i + 1]! += LINEAR[data[at + 1]!]! / 9
        light[i + 2]! += LINEAR[data[at + 2]!]! / 9
      }
    }
  }
  return light
}
