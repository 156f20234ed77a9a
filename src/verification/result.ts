import type { Deviation, Evidence, Outcome, Status } from '../check/index.ts'
import type { MrzCorrection, MrzDocument, MrzFormat } from '../mrz/reading.ts'
import type { CheckName } from './checklist.ts'

export type Verdict = 'accepted' | 'rejected' | 'undecided'

/** One line of the checklist. */
export interface CheckResult extends Outcome {
  readonly check: CheckName
  readonly status: Status
}

export interface DocumentResult extends MrzDocument {
  /** Where the fields come from: the chip's signed DG1 when there is one, else the page. */
  readonly source: 'chip' | 'page'
  /** What the chip's further data groups say (DG11, DG12, ...). */
  readonly details?: Evidence
}

export interface MrzResult {
  readonly format: MrzFormat
  readonly lines: readonly string[]
  readonly valid: boolean
  readonly accepted: boolean
  readonly confidence: number
  readonly corrections: readonly MrzCorrection[]
}

export interface FaceResult {
  readonly similarity: number
  readonly threshold: number
  readonly falseMatchRate: number
  /** What rate and threshold were measured on. */
  readonly calibration: string
  readonly quality: Readonly<Record<string, number>>
}

export interface LivenessResult {
  readonly score?: number
  readonly threshold?: number
  readonly challenge?: Evidence
}

/**
 * One verification's answer. Holds no times and no random values: on one build and machine the same evidence,
 * trust store, models and `at` give the same bytes when written by `canonicalJson`.
 */
export interface VerificationResult {
  readonly id: string
  readonly verdict: Verdict
  /** `check/code` of every check that stands between this and accepted. */
  readonly reasons: readonly string[]
  readonly policy: string
  /** The verifier was lenient; what it made use of is among the deviations. */
  readonly tolerant?: true
  readonly checks: readonly CheckResult[]
  readonly deviations: readonly Deviation[]
  readonly document?: DocumentResult
  readonly mrz?: MrzResult
  readonly face?: FaceResult
  readonly liveness?: LivenessResult
  readonly engine: {
    readonly version: string
    readonly models: Readonly<Record<string, string>>
    readonly trustStore: string
  }
  /** The moment that the evidence was judged at: the `at` that came in, ISO 8601. */
  readonly evaluatedAt: string
}

/** CPU-wall milliseconds by stage; travels beside the result, never in it. */
export type Timings = Readonly<Record<string, number>>

export interface Verification {
  readonly result: VerificationResult
  readonly timings: Timings
}
