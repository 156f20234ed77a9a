import type { StepKind } from '../challenge.ts'
import type { StepJudge } from './attempt.ts'
import { judgeBlink } from './blink.ts'
import { judgeComeCloser } from './come-closer.ts'
import { judgeLight } from './light.ts'
import { judgeLookAhead } from './look-ahead.ts'
import { judgeLookDown, judgeLookUp } from './look-vertical.ts'
import { judgeTurnLeft, judgeTurnRight } from './turn.ts'

/** One file a kind. */
export const STEP_JUDGES: Readonly<Record<StepKind, StepJudge>> = {
  'turn-left': judgeTurnLeft,
  'turn-right': judgeTurnRight,
  'look-up': judgeLookUp,
  'look-down': judgeLookDown,
  'look-ahead': judgeLookAhead,
  blink: judgeBlink,
  'come-closer': judgeComeCloser,
  light: judgeLight,
}
