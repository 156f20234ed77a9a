import type { Deviation, Outcome } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'

/** The outcome, and the certificates from signer to anchor when there is a path. */
export interface PathFinding {
  readonly outcome: Outcome
  readonly path?: readonly Certificate[]
  readonly deviations: readonly Deviation[]
}
