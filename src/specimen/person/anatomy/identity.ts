import { clamp, lerp } from '../interpolation.ts'
import { FACE_VERTICES, MEAN_FACE } from './face-mesh.ts'
import { EYES, LEFT_EYE, LOWER_LIP_INNER, RIGHT_EYE, UPPER_LIP_INNER } from './landmarks.ts'

/**
 * A displacement of part of the face. Around the given landmarks of the mean face it has full strength and falls off
 * as a Gaussian with the given reach in cm. `outward` moves away from the middle plane, `up` upwards, `forward`
 * towards the camera: cm for each unit of the dial.
 */
interface Field {
  readonly around: readonly number[]
  readonly reach: number
  readonly outward?: number
  readonly up?: number
  readonly forward?: number
}

const NOSE_WINGS = [129, 358, 98, 327, 64, 294]
const NOSE = [4, 1, 5, 2, 98, 327]
const EYE_POINTS = [33, 133, 159, 145, 362, 263, 386, 374]
const LOWER_BROWS = [...RIGHT_EYE.browLower, ...LEFT_EYE.browLower]
const BROWS = [...RIGHT_EYE.browUpper, ...LEFT_EYE.browUpper, ...LOWER_BROWS]
const CHIN_POINTS = [152, 175, 148, 377, 199, 176, 400]

const FIELDS = {
  noseWidth: { around: NOSE_WINGS, reach: 1, outward: 0.17 },
  noseLength: { around: NOSE, reach: 1.6, up: -0.22 },
  noseProjection: { around: NOSE, reach: 1.6, forward: 0.2 },
  noseBridge: { around: [6, 197, 195], reach: 1, forward: 0.18 },
  noseHump: { around: [197, 195], reach: 0.7, forward: 0.14 },
  bridgeWidth: { around: [122, 351, 196, 419], reach: 0.9, outward: 0.09 },
  noseTip: { around: [4, 1], reach: 0.8, up: 0.16 },
  nostrilHeight: { around: NOSE_WINGS, reach: 0.8, up: 0.12 },
  upperLip: { around: [0, 37, 267, 11, 72, 302], reach: 0.7, up: 0.1, forward: 0.08 },
  lowerLip: { around: [17, 84, 314, 16], reach: 0.8, up: -0.12, forward: 0.07 },
  mouthWidth: { around: [61, 291, 76, 306], reach: 1.1, outward: 0.22 },
  mouthHeight: { around: [13, 14, 61, 291, 0, 17], reach: 2.2, up: 0.22 },
  eyeDistance: { around: EYE_POINTS, reach: 1.5, outward: 0.14 },
  eyeDepth: { around: EYE_POINTS, reach: 1.5, forward: -0.12 },
  browHeight: { around: BROWS, reach: 0.9, up: 0.22 },
  browRidge: { around: [...LOWER_BROWS, 8, 9], reach: 1.1, forward: 0.14 },
  jawWidth: { around: [172, 136, 150, 58, 132, 397, 365, 379, 288, 361], reach: 2.4, outward: 0.35 },
  chinWidth: { around: [148, 176, 149, 377, 400, 378], reach: 1.6, outward: 0.25 },
  chinLength: { around: CHIN_POINTS, reach: 2, up: -0.35 },
  chinProjection: { around: CHIN_POINTS, reach: 2, forward: 0.25 },
  cheekbones: { around: [50, 280, 101, 330, 117, 346, 116, 345], reach: 1.6, outward: 0.14, forward: 0.16 },
  fullness: { around: [187, 411, 147, 376, 192, 416, 207, 427, 213, 433], reach: 2, outward: 0.28, forward: 0.18 },
  temples: { around: [21, 251, 162, 389, 54, 284], reach: 2.2, outward: 0.22 },
  foreheadHeight: { around: [10, 109, 338, 67, 297], reach: 3, up: 0.25 },
} satisfies Record<string, Field>

/** The other dials, each with a rule of its own below. */
const RULED_DIALS = [
  'eyeSize',
  'eyeTilt',
  'eyeOpening',
  'eyeWidth',
  'browTilt',
  'browArch',
  'philtrum',
  'faceWidth',
  'creaseHeight',
] as const

export type ShapeDial = keyof typeof FIELDS | (typeof RULED_DIALS)[number]
export type Shape = Readonly<Record<ShapeDial, number>>

export const SHAPE_DIALS = [...Object.keys(FIELDS), ...RULED_DIALS] as readonly ShapeDial[]

/** Vertices of a person's face at rest, mouth closed and eyes open: 468 x 3, cm, as `MEAN_FACE`. */
export function neutralFace(shape: Shape): Float64Array {
  const face = MEAN_FACE.slice()
  for (const [dial, field] of Object.entries(FIELDS) as [keyof typeof FIELDS, Field][]) {
    const { outward = 0, up = 0, forward = 0 } = field
    displace(field.around, field.reach, (vertex, strength) => {
      const amount = strength * shape[dial]
      face[vertex]! += amount * outward * Math.sign(MEAN_FACE[vertex]!)
      face[vertex + 1]! += amount * up
      face[vertex + 2]! += amount * forward
    })
  }
  sizeEyes(face, shape)
  bendBrows(face, shape)
  openEyes(face, shape)
  displace([164, 0, 2], 0.8, (vertex, strength) => {
    face[vertex + 1]! += strength * 0.1 * shape.philtrum * (MEAN_FACE[vertex + 1]! < -2 ? 1 : -1)
  })
  for (let vertex = 0; vertex < face.length; vertex += 3) face[vertex]! *= 1 + 0.02 * shape.faceWidth
  closeLips(face)
  return face
}

/** Calls `move` with the place of every vertex within reach of the landmarks, and its strength, 0.01 to 1. */
function displace(landmarks: readonly number[], reach: number, move: (vertex: number, strength: number) => void): void {
  for (let vertex = 0; vertex < 3 * FACE_VERTICES; vertex += 3) {
    let nearest = Number.POSITIVE_INFINITY
    for (const landmark of landmarks) {
      const x = MEAN_FACE[3 * landmark]! - MEAN_FACE[vertex]!
      const y = MEAN_FACE[3 * landmark + 1]! - MEAN_FACE[vertex + 1]!
      const z = MEAN_FACE[3 * landmark + 2]! - MEAN_FACE[vertex + 2]!
      nearest = Math.min(nearest, x * x + y * y + 0.5 * z * z)
    }
    const strength = Math.exp(-nearest / (reach * reach))
    if (strength > 0.01) move(vertex, strength)
  }
}

function sizeEyes(face: Float64Array, shape: Shape): void {
  for (const eye of EYES) {
    const outer = 3 * eye.upperLid[0]!
    const inner = 3 * eye.innerCorner
    const side = Math.sign(MEAN_FACE[outer]!)
    const x = (MEAN_FACE[outer]! + MEAN_FACE[inner]!) / 2
    const y = (MEAN_FACE[outer + 1]! + MEAN_FACE[inner + 1]!) / 2
    displace([eye.upperLid[0]!, eye.innerCorner, eye.upperLid[3]!, eye.lowerLid[4]!], 0.9, (vertex, strength) => {
      if (MEAN_FACE[vertex]! * side < 0) return
      const scale = 1 + 0.07 * shape.eyeSize * strength
      const tilt = strength * (MEAN_FACE[vertex]! - x) * side * 0.05 * shape.eyeTilt
      face[vertex] = (face[vertex]! - x) * scale + x
      face[vertex + 1] = (face[vertex + 1]! - y) * scale + y + tilt
    })
  }
}

function bendBrows(face: Float64Array, shape: Shape): void {
  displace(BROWS, 0.9, (vertex, strength) => {
    const fromMiddle = Math.abs(MEAN_FACE[vertex]!)
    const tilt = (fromMiddle - 3) * 0.05 * shape.browTilt
    const arch = (1 - ((fromMiddle - 3.4) / 2) ** 2) * 0.07 * shape.browArch
    face[vertex + 1]! += strength * (tilt + arch)
  })
}

function openEyes(face: Float64Array, shape: Shape): void {
  const opening = 1 + 0.1 * clamp(shape.eyeOpening, -3, 3)
  const widening = 1 + 0.035 * shape.eyeWidth
  for (const { upperLid, lowerLid, crease, innerCorner } of EYES) {
    for (let i = 1; i < upperLid.length - 1; i++) {
      const upper = 3 * upperLid[i]! + 1
      const lower = 3 * lowerLid[i]! + 1
      const middle = lerp(face[lower]!, face[upper]!, 0.3)
      face[upper] = middle + (face[upper]! - middle) * opening
      face[lower] = middle + (face[lower]! - middle) * opening
    }
    const x = (face[3 * upperLid[0]!]! + face[3 * innerCorner]!) / 2
    for (const vertex of [...upperLid, ...lowerLid.slice(1, -1), ...crease]) {
      face[3 * vertex] = (face[3 * vertex]! - x) * widening + x
    }
  }
}

/** The mean mouth stands a little open: brings the lips together and their meeting line inwards. */
function closeLips(face: Float64Array): void {
  for (let i = 1; i < UPPER_LIP_INNER.length - 1; i++) {
    const upper = 3 * UPPER_LIP_INNER[i]!
    const lower = 3 * LOWER_LIP_INNER[i]!
    const y = (face[upper + 1]! + face[lower + 1]!) / 2
    const z = (face[upper + 2]! + face[lower + 2]!) / 2 - 0.12
    face[upper + 1] = y
    face[lower + 1] = y - 0.015
    face[upper + 2] = z
    face[lower + 2] = z
  }
}
