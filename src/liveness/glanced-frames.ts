import { distance, MESH, MESH_POINTS, meshPoint } from '../face/index.ts'
import type { Challenge } from './challenge.ts'
import { isSeen, type ObservedFrame, type SeenFrame } from './frame.ts'
import { chooseKeyFrames } from './key-frames.ts'
import { isHeldOtherwise } from './same-face.ts'

/**
 * So many frames beside the key frames are described: half of them held as the first key frame, where strangers are told
 * apart best, half not.
 */
export const ODD_FRAMES = 4
/** The side of a part of the face, by the face's width. */
const PART = 0.15
/** Where it is darker, noise would pass for texture. Linear light. */
const DARK = 0.01

/** For each point of the mesh, the number of its part of the face. */
type Parts = Uint16Array

/**
 * The frames to describe: the key frames, and those whose skin looks least like any of theirs, so that a face exchanged
 * between key frames is described as well, whenever it comes. Indexes into `frames`, key frames first.
 */
export function chooseGlancedFrames(challenge: Challenge, frames: readonly ObservedFrame[]): readonly number[] {
  const keys = chooseKeyFrames(challenge, frames)
  const [first, ...further] = keys.map((i) => frames[i]!).filter(isSeen)
  if (!first || further.length === 0) return keys
  const parts = partsOf(first.face.mesh)
  const textureOf = ({ reflection }: SeenFrame) => reflection && texture(reflection.skin, parts)
  const known = [first, ...further].flatMap((frame) => textureOf(frame) ?? [])
  const rest: { readonly index: number; readonly isTurned: boolean; readonly likeness: number }[] = []
  for (const [index, frame] of frames.entries()) {
    if (keys.includes(index) || !isSeen(frame)) continue
    const own = textureOf(frame)
    if (!own) continue
    const likeness = Math.max(...known.map((one) => dot(one, own)))
    rest.push({ index, isTurned: isHeldOtherwise(frame.face.pose, first.face.pose), likeness })
  }
  const oddest = (turned: boolean) =>
    rest
      .filter(({ isTurned }) => isTurned === turned)
      .toSorted((a, b) => a.likeness - b.likeness)
      .slice(0, ODD_FRAMES / 2)
  return [...keys, ...[...oddest(false), ...oddest(true)].map(({ index }) => index)]
}

/** Parts of about one size, by where the points lie in one mesh. */
function partsOf(mesh: Float32Array): Parts {
  const side = PART * Math.max(distance(meshPoint(mesh, MESH.rightCheekEdge), meshPoint(mesh, MESH.leftCheekEdge)), 1)
  const numbers = new Map<string, number>()
  return Uint16Array.from({ length: MESH_POINTS }, (_, i) => {
    const { x, y } = meshPoint(mesh, i)
    const square = `${Math.floor(x / side)} ${Math.floor(y / side)}`
    const number = numbers.get(square) ?? numbers.size
    numbers.set(square, number)
    return number
  })
}

/**
 * Where brows, lids, lips, beard and spots are: how much lighter or darker every point is than its part of the face, as
 * logarithms, so that the light's strength, colour and direction hardly count. Of unit length.
 */
function texture(skin: Float32Array, parts: Parts): Float32Array {
  const contrast = new Float32Array(MESH_POINTS)
  const sums = new Float32Array(MESH_POINTS)
  const counts = new Uint16Array(MESH_POINTS)
  for (let i = 0; i < MESH_POINTS; i++) {
    contrast[i] = Math.log(DARK + (skin[3 * i]! + skin[3 * i + 1]! + skin[3 * i + 2]!) / 3)
    sums[parts[i]!]! += contrast[i]!
    counts[parts[i]!]!++
  }
  for (let i = 0; i < MESH_POINTS; i++) contrast[i]! -= sums[parts[i]!]! / counts[parts[i]!]!
  const length = Math.sqrt(dot(contrast, contrast))
  return length > 0 ? contrast.map((value) => value / length) : contrast
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
