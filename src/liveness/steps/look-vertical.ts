import type { SeenFrame } from '../frame.ts'
import type { Attempt, StepJudge } from './attempt.ts'

/** In degrees from the person's own straight ahead. The mesh under-reports pitch, hence less than for a turn. */
const RAISED = 9
const WANDERING = 8

export const judgeLookUp: StepJudge = (attempt) => judgeLook(attempt, 1)
export const judgeLookDown: StepJudge = (attempt) => judgeLook(attempt, -1)

function judgeLook({ step, previous, before, during, baseline }: Attempt, side: 1 | -1) {
  const raised = ({ face }: SeenFrame) => side * (face.pose.pitch - baseline.pitch)
  const last = before.at(-1)
  if (previous?.kind !== step.kind && last && raised(last) >= RAISED) return 'moved-before-asked'
  const start = last ? Math.min(raised(last), 0) : 0
  if (during.some((frame) => raised(frame) < start - WANDERING)) return 'looked-the-wrong-way'
  return during.some((frame) => raised(frame) >= RAISED) ? 'ok' : 'look-not-seen'
}
