import type { StepJudge } from './attempt.ts'

/** In degrees from the person's own straight ahead. */
const MAX_YAW = 13
const MAX_PITCH = 12

/** The head comes back to where it was before anything was asked. */
export const judgeLookAhead: StepJudge = ({ during, baseline }) => {
  const isAhead = during.some(
    ({ face: { pose } }) =>
      Math.abs(pose.yaw - baseline.yaw) <= MAX_YAW && Math.abs(pose.pitch - baseline.pitch) <= MAX_PITCH,
  )
  return isAhead ? 'ok' : 'look-ahead-not-seen'
}
