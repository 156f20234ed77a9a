import type { SeenFrame } from '../frame.ts'
import type { Attempt, StepJudge } from './attempt.ts'

/** A turn is plain from here on, in degrees from the person's own straight ahead. */
const TURNED = 17
/** Up to here a head may wander without anyone calling it a turn. */
const WANDERING = 10
/** Who is asked reacts and turns within this time, in ms: a recording of another performance is out of step. */
const MAX_DELAY_MS = 1600

/** The head turns to the person's own left. Frames must not be mirrored. */
export const judgeTurnLeft: StepJudge = (attempt) => judgeTurn(attempt, 1)
/** The head turns to the person's own right. */
export const judgeTurnRight: StepJudge = (attempt) => judgeTurn(attempt, -1)

function judgeTurn({ step, previous, before, during, baseline }: Attempt, side: 1 | -1) {
  const turned = ({ face }: SeenFrame) => side * (face.pose.yaw - baseline.yaw)
  const last = before.at(-1)
  if (previous?.kind !== step.kind && last && turned(last) > WANDERING) return 'moved-before-asked'
  // After a turn to the other side the head comes from there.
  const start = last ? Math.min(turned(last), 0) : 0
  if (during.some((frame) => turned(frame) < start - WANDERING)) return 'turned-the-wrong-way'
  const inTime = during.filter(({ time }) => time <= step.at + MAX_DELAY_MS)
  return inTime.some((frame) => turned(frame) >= TURNED) ? 'ok' : 'turn-not-seen'
}
