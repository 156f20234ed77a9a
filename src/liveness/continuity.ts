import { eyeDistance } from '../face/index.ts'
import type { ChallengeStep } from './challenge.ts'
import type { Finding, SeenFrame } from './frame.ts'

/** People turn their head at up to some 300 degrees a second; the mesh adds some degrees of noise. */
const MAX_DEGREES_PER_SECOND = 400
const ANGLE_NOISE = 10
/** How far a head may move in a second, and how far a detection may jump, in eye distances. */
const MAX_SHIFT_PER_SECOND = 12
const SHIFT_NOISE = 0.6
/** How much nearer or farther a head may come in a second, and the noise, as logarithms of its size. */
const MAX_GROWTH_PER_SECOND = 1.6
const GROWTH_NOISE = 0.2

/** Less than this to and fro is noise or wandering: degrees of yaw and pitch, logarithm of the size. */
const SWINGS = {
  yaw: { least: 10, kinds: ['turn-left', 'turn-right'] },
  // The mesh sees a turned head's pitch otherwise.
  pitch: { least: 10, kinds: ['look-up', 'look-down', 'turn-left', 'turn-right'] },
  size: { least: 0.15, kinds: ['come-closer'] },
} as const
/** What is asked takes a swing there and one back. One more may be clumsiness. */
const CLUMSY = 1

/**
 * Whether the head went from each frame to the next as a head can, and no more to and fro than was asked: a cut or a swap
 * makes it jump, frames in another order make it jerk.
 */
export function checkContinuity(frames: readonly SeenFrame[], steps: readonly ChallengeStep[]): Finding {
  for (const [i, frame] of frames.slice(1).entries()) {
    if (!isReachable(frames[i]!, frame)) return 'movement-impossible'
  }
  const paths = {
    yaw: frames.map(({ face }) => face.pose.yaw),
    pitch: frames.map(({ face }) => face.pose.pitch),
    size: frames.map((frame) => Math.log(size(frame))),
  }
  for (const axis of ['yaw', 'pitch', 'size'] as const) {
    const { least, kinds } = SWINGS[axis]
    const asked = steps.filter(({ kind }) => (kinds as readonly string[]).includes(kind)).length
    if (countSwings(paths[axis], least) > 2 * asked + CLUMSY) return 'movement-jerky'
  }
  return 'ok'
}

/** How often a path goes at least so far in one direction before it goes as far in the other. */
function countSwings(path: readonly number[], least: number): number {
  let [swings, direction] = [0, 0]
  let turned = path[0] ?? 0
  for (const value of path) {
    const gone = value - turned
    if (direction !== 0 && gone * direction > 0) turned = value
    else if (Math.abs(gone) >= least) {
      swings++
      direction = Math.sign(gone)
      turned = value
    }
  }
  return swings
}

function isReachable(from: SeenFrame, to: SeenFrame): boolean {
  const seconds = (to.time - from.time) / 1000
  const angle = Math.max(
    Math.abs(to.face.pose.yaw - from.face.pose.yaw),
    Math.abs(to.face.pose.pitch - from.face.pose.pitch),
    Math.abs(to.face.pose.roll - from.face.pose.roll),
  )
  const [a, b] = [centre(from), centre(to)]
  const shift = Math.hypot(b.x - a.x, b.y - a.y) / size(from)
  const growth = Math.abs(Math.log(size(to) / size(from)))
  return (
    angle <= ANGLE_NOISE + MAX_DEGREES_PER_SECOND * seconds &&
    shift <= SHIFT_NOISE + MAX_SHIFT_PER_SECOND * seconds &&
    growth <= GROWTH_NOISE + MAX_GROWTH_PER_SECOND * seconds
  )
}

/** Turning brings the eyes together in the picture, so the larger of width and height of the eyes' triangle counts. */
function size({ face }: SeenFrame): number {
  return Math.max(eyeDistance(face.mesh) / Math.max(Math.cos((face.pose.yaw * Math.PI) / 180), 0.3), 1)
}

function centre({ face: { box } }: SeenFrame): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
