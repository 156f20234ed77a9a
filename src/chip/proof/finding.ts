import type { Deviation, Outcome } from '../../check/index.ts'

/** What a proof came to, and what was odd about it. */
export interface ProofFinding {
  readonly outcome: Outcome
  readonly deviations: readonly Deviation[]
}

/** A proof's outcome (ICAO 9303-11, 6) with its deviations. */
export const finding = (outcome: Outcome, ...deviations: readonly Deviation[]): ProofFinding => ({
  outcome,
  deviations,
})
