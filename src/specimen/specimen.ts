import type { ActiveAuthenticationEvidence, ChipFileName } from '../chip/report.ts'
import type { Picture } from '../image/index.ts'
import type { Challenge } from '../liveness/challenge.ts'
import type { Verdict } from '../verification/result.ts'
import type { PassportData } from './passport.ts'
import type { Person } from './person/index.ts'

/** What a verification of a specimen should come to. */
export interface Expectation {
  readonly verdict: Verdict
  /** `check/code` of what must be among the result's reasons; empty for a genuine one, which has none. */
  readonly reasons: readonly string[]
}

/** One passport at an inspection, and the person who presents it. */
export interface Specimen {
  readonly id: string
  /** What the data page shows. */
  readonly printed: PassportData
  readonly printedPortrait: Picture
  readonly chip: ReadonlyMap<ChipFileName, Uint8Array>
  readonly activeAuthentication: ActiveAuthenticationEvidence
  /** Who stands before the camera, and what that person was really asked and did. */
  readonly performer: Person
  readonly performed: Challenge
  /** What the inspection asked for; the performance of an honest person answers it. */
  readonly challenge: Challenge
  readonly expect: Expectation
}
