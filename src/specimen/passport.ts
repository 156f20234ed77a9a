import type { ActiveAuthenticationEvidence, ChipFileName } from '../chip/report.ts'
import type { MrzDocument } from '../mrz/index.ts'
import type { Person } from './person/person.ts'

/** What a passport states about its holder and itself, beyond the MRZ. */
export interface PassportData {
  readonly holder: Person
  readonly mrzDocument: MrzDocument
  readonly mrz: readonly string[]
  /** ISO 8601. */
  readonly dateOfIssue: string
  readonly placeOfBirth: string
  readonly personalNumber: string
}

/** A passport as an inspection finds it: what is printed, and what was read from its chip. */
export interface Passport {
  readonly data: PassportData
  readonly chip: ReadonlyMap<ChipFileName, Uint8Array>
  readonly activeAuthentication: ActiveAuthenticationEvidence
}
