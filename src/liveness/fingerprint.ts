import { MESH_POINTS } from '../face/index.ts'
import { type Finding, isSeen, type ObservedFrame, type SeenFrame } from './frame.ts'

/** Every so manieth point of the mesh: 24 of them, x and y. */
const STRIDE = 20
export const FINGERPRINT_VALUES = 2 * Math.ceil(MESH_POINTS / STRIDE)
/**
 * Root mean square distance of two fingerprints by the picture's larger side. A frame that is encoded anew moves by
 * about .001; a person who comes back to the same camera never sits as they did.
 */
const SAME = 0.002
/** So large a share of the frames must be known. */
const MIN_SHARE = 0.5

/**
 * Where a frame's face lies, point by point, by the size of the picture: a perceptual hash that survives encoding and
 * scaling, in which no picture is kept.
 */
export function fingerprint({ face, size }: SeenFrame): Float32Array {
  const values = new Float32Array(FINGERPRINT_VALUES)
  const side = Math.max(size.width, size.height, 1)
  for (let i = 0, at = 0; i < MESH_POINTS; i += STRIDE) {
    values[at++] = face.mesh[3 * i]! / side
    values[at++] = face.mesh[3 * i + 1]! / side
  }
  return values
}

/** The captures of a session: what came before, and where this one is noted. */
export interface SessionCaptures {
  /** Fingerprints, one after the other. */
  readonly earlier: Float32Array
  note(prints: Float32Array): void
}

/** The fingerprints of all frames that show a face, one after the other. */
export function fingerprints(frames: readonly ObservedFrame[]): Float32Array {
  const seen = frames.filter(isSeen)
  const all = new Float32Array(seen.length * FINGERPRINT_VALUES)
  for (const [i, frame] of seen.entries()) all.set(fingerprint(frame), i * FINGERPRINT_VALUES)
  return all
}

/** Whether a capture is one of the `earlier`, whose fingerprints lie one after the other, encoded anew or not. */
export function checkUnseen(frames: readonly ObservedFrame[], earlier: Float32Array): Finding {
  if (earlier.length === 0) return 'ok'
  const seen = frames.filter(isSeen)
  const known = seen.filter((frame) => isAmong(fingerprint(frame), earlier)).length
  return seen.length > 0 && known >= MIN_SHARE * seen.length ? 'capture-repeated' : 'ok'
}

function isAmong(print: Float32Array, earlier: Float32Array): boolean {
  const most = FINGERPRINT_VALUES * 0.5 * SAME ** 2
  for (let start = 0; start < earlier.length; start += FINGERPRINT_VALUES) {
    let sum = 0
    for (let i = 0; i < FINGERPRINT_VALUES && sum <= most; i++) sum += (print[i]! - earlier[start + i]!) ** 2
    if (sum <= most) return true
  }
  return false
}
