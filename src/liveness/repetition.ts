import { eyeDistance, MESH_POINTS } from '../face/index.ts'
import type { Baseline } from './baseline.ts'
import type { Finding, SeenFrame } from './frame.ts'

/** Every so manieth point of the mesh is enough. */
const STRIDE = 4
/**
 * Root mean square distances of two meshes, in eye distances. A frame that is encoded anew moves by .002 to .006; two
 * frames of a person who keeps still by .007 and more.
 */
const SAME = 0.009
/** The head moved. */
const MOVED = 0.06
/** The head is elsewhere. */
const ELSEWHERE = 0.15
/** One pair may be chance. */
const MIN_PAIRS = 2

/**
 * Whether pictures come twice, though encoded anew: a head in movement stops dead for a frame, or comes back to the
 * very same place, turned away, that it left. Who keeps still may look the same for long.
 */
export function checkRepetition(frames: readonly SeenFrame[], baseline: Baseline): Finding {
  let pairs = 0
  for (let i = 1; i < frames.length; i++) {
    if (isFrozen(frames, i)) pairs++
    if (apart(frames[i]!, baseline.frame) < ELSEWHERE) continue
    let left = false
    for (let j = i + 1; j < frames.length; j++) {
      const away = apart(frames[i]!, frames[j]!)
      if (away > ELSEWHERE) left = true
      else if (left && away < SAME) pairs++
    }
  }
  return pairs >= MIN_PAIRS ? 'frames-repeated' : 'ok'
}

/** Whether the head moves before the frame and after the next one, but not between them. */
function isFrozen(frames: readonly SeenFrame[], i: number): boolean {
  const [before, frame, next, after] = [frames[i - 1]!, frames[i]!, frames[i + 1], frames[i + 2]]
  if (!next || !after || apart(frame, next) >= SAME) return false
  return apart(before, frame) > MOVED && apart(next, after) > MOVED
}

function apart({ face: a }: SeenFrame, { face: b }: SeenFrame): number {
  let sum = 0
  for (let i = 0; i < 3 * MESH_POINTS; i += 3 * STRIDE) {
    sum += (a.mesh[i]! - b.mesh[i]!) ** 2 + (a.mesh[i + 1]! - b.mesh[i + 1]!) ** 2
  }
  return Math.sqrt((sum * STRIDE) / MESH_POINTS) / Math.max(eyeDistance(a.mesh), 1)
}
