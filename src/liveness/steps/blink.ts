import { eyeAspectRatio } from '../../face/index.ts'
import type { SeenFrame } from '../frame.ts'
import type { StepJudge } from './attempt.ts'

/** Closed lids: the opening falls below this share of the person's own. No fixed opening holds for all eyes. */
const CLOSED = 0.75
const OPEN = 0.85
/** Longer than this, eyes are shut, not blinking. */
const MAX_CLOSED_MS = 900

/** The eyes close and open again, within the time of a deliberate blink (Soukupová and Čech 2016). */
export const judgeBlink: StepJudge = ({ during, baseline }) => {
  const opening = ({ face }: SeenFrame) => eyeAspectRatio(face.mesh) / Math.max(baseline.eyeAspectRatio, 0.01)
  const closed = during.findIndex((frame) => opening(frame) <= CLOSED)
  if (closed < 0) return 'blink-not-seen'
  const opened = during.slice(closed).find((frame) => opening(frame) >= OPEN)
  if (!opened) return 'eyes-stayed-closed'
  return opened.time - during[closed]!.time <= MAX_CLOSED_MS ? 'ok' : 'eyes-stayed-closed'
}
