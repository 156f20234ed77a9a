import type { Baseline } from '../baseline.ts'
import type { ChallengeStep } from '../challenge.ts'
import type { Finding, SeenFrame } from '../frame.ts'

/** One step of the challenge and the frames that can show it. */
export interface Attempt {
  readonly step: ChallengeStep
  /** Frames up to the moment when a person can first have reacted, from the step before on. */
  readonly before: readonly SeenFrame[]
  /** Frames from then on until the next step can first show. */
  readonly during: readonly SeenFrame[]
  readonly baseline: Baseline
  /** What was asked before; undefined for the first step. */
  readonly previous: ChallengeStep | undefined
  /** What was asked afterwards; undefined for the last step. */
  readonly next: ChallengeStep | undefined
}

/** Judges one kind of step. */
export type StepJudge = (attempt: Attempt) => Finding
