import type { Deviation, Outcome } from '../../check/index.ts'

/** What a proof came to, and what was odd about it. */
export interface ProofFinding {
  readonly outcome: Outcome
  readonly deviations: readonly Deviation[]
}

export const finding = (outcome: Outcome, ...deviations: readonly Deviation[]): ProofFinding => ({
  outcome,
  deviations,
})
