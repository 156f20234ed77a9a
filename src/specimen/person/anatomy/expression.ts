import { lerp, smoothstep } from '../interpolation.ts'
import { FACE_VERTICES, MEAN_FACE } from './face-mesh.ts'
import { EYES, type EyeLandmarks, LOWER_LIP_INNER } from './landmarks.ts'

/** What the face does: each from 0 (at rest) to 1 (lids closed, mouth wide open, broad smile). */
export interface Expression {
  readonly lids: number
  readonly mouth: number
  readonly smile: number
}

/** An eyeball: centre and radius in cm. */
export interface Eyeball {
  readonly centre: readonly [number, number, number]
  readonly radius: number
}

const EYEBALL_RADIUS_CM = 1.22
/** Below the lower lip: what the opening mouth carries down beside the jaw. */
const UNDER_LIP = [15, 86, 316, 85, 315, 16, 17, 84, 314, 180, 404, 181, 405, 179, 403]
const SMILE_RIGHT = [61, 76, 62, 78]
const SMILE_LEFT = [291, 306, 292, 308]

/** The two eyeballs behind the lids of a face at rest, the person's right one first. */
export function eyeballs(face: Float64Array): readonly [Eyeball, Eyeball] {
  return [eyeball(face, EYES[0]), eyeball(face, EYES[1])]
}

function eyeball(face: Float64Array, { upperLid, lowerLid, innerCorner }: EyeLandmarks): Eyeball {
  const outer = 3 * upperLid[0]!
  const inner = 3 * innerCorner
  const upper = 3 * upperLid[4]!
  const lower = 3 * lowerLid[4]!
  const front = Math.max(face[upper + 2]!, face[lower + 2]!) - 0.1
  return {
    centre: [
      (face[outer]! + face[inner]!) / 2,
      (face[outer + 1]! + face[inner + 1]! + face[upper + 1]! + face[lower + 1]!) / 4,
      front - EYEBALL_RADIUS_CM * 0.965,
    ],
    radius: EYEBALL_RADIUS_CM,
  }
}

/** The face with an expression: 468 x 3, cm. */
export function express(neutral: Float64Array, { lids, mouth, smile }: Expression): Float64Array {
  const face = neutral.slice()
  const balls = eyeballs(neutral)
  moveLids(face, neutral, EYES[0], balls[0], lids)
  moveLids(face, neutral, EYES[1], balls[1], lids)
  if (mouth > 0) openMouth(face, mouth)
  if (smile > 0) {
    for (const [corners, side] of [
      [SMILE_RIGHT, -1],
      [SMILE_LEFT, 1],
    ] as const) {
      for (const vertex of corners) {
        face[3 * vertex]! += 0.3 * smile * side
        face[3 * vertex + 1]! += 0.22 * smile
        face[3 * vertex + 2]! -= 0.1 * smile
      }
    }
  }
  return face
}

function moveLids(face: Float64Array, neutral: Float64Array, eye: EyeLandmarks, ball: Eyeball, closed: number): void {
  for (let i = 1; i < eye.upperLid.length - 1; i++) {
    const upper = 3 * eye.upperLid[i]!
    const lower = 3 * eye.lowerLid[i]!
    face[upper] = lerp(face[upper]!, neutral[lower]!, closed * 0.5)
    face[upper + 1] = lerp(face[upper + 1]!, neutral[lower + 1]! - 0.03, closed)
    pushOut(face, upper, ball, 0.1)
    pushOut(face, lower, ball, 0.08)
  }
  const opening = neutral[3 * eye.upperLid[4]! + 1]! - neutral[3 * eye.lowerLid[4]! + 1]!
  for (const vertex of eye.crease) {
    face[3 * vertex + 1]! -= closed * 0.72 * Math.min(0.55, opening)
    pushOut(face, 3 * vertex, ball, 0.14)
  }
  for (const vertex of eye.aboveCrease) face[3 * vertex + 1]! -= closed * 0.08
}

/** Keeps a lid's vertex outside the eyeball, by moving it towards the camera. */
function pushOut(face: Float64Array, vertex: number, { centre, radius }: Eyeball, margin: number): void {
  const x = face[vertex]! - centre[0]
  const y = face[vertex + 1]! - centre[1]
  const z = face[vertex + 2]! - centre[2]
  const reach = radius + margin
  const depth = reach * reach - x * x - y * y
  if (x * x + y * y + z * z < reach * reach && depth > 0) face[vertex + 2] = centre[2] + Math.sqrt(depth)
}

function openMouth(face: Float64Array, open: number): void {
  const lowerLip = LOWER_LIP_INNER.slice(1, -1)
  for (const vertex of lowerLip) face[3 * vertex + 1]! -= 1.2 * open
  for (let vertex = 0; vertex < FACE_VERTICES; vertex++) {
    if ((lowerLip as readonly number[]).includes(vertex)) continue
    const jaw = smoothstep(-3.2, -6.5, MEAN_FACE[3 * vertex + 1]!) * Math.exp(-((MEAN_FACE[3 * vertex]! / 5) ** 2))
    face[3 * vertex + 1]! -= 1.3 * open * jaw
  }
  for (const vertex of UNDER_LIP) face[3 * vertex + 1]! -= 0.6 * open
}
