import type { FaultKind } from '../check/index.ts'
import type { Verdict } from '../verification/result.ts'

/** What `genkend verify` ends with. */
export const VERDICT_STATUS: Readonly<Record<Verdict, number>> = { accepted: 0, rejected: 1, undecided: 2 }

/** What every command ends with when it could not answer (after BSD's sysexits). */
export const FAULT_STATUS: Readonly<Record<FaultKind, number>> = {
  usage: 64,
  malformed: 65,
  'too-large': 65,
  unsupported: 65,
  unprocessable: 65,
  installation: 69,
  overloaded: 75,
  deadline: 75,
  cancelled: 75,
  internal: 70,
}
