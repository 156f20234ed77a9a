export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B' | 'FRID'

/** A character that was changed, and the check digit that justified it. Lines and columns count from 1. */
export interface MrzCorrection {
  readonly line: number
  readonly column: number
  readonly read: string
  readonly repaired: string
  readonly because: string
}

/** The document as its MRZ states it (ICAO 9303-3 to -7). Dates are ISO 8601, unknown parts as `XX`. */
export interface MrzDocument {
  readonly format: MrzFormat
  readonly code: string
  readonly issuingState: string
  readonly documentNumber: string
  readonly surname: string
  readonly givenNames: string
  readonly nationality: string
  readonly dateOfBirth: string
  readonly sex: 'F' | 'M' | 'X'
  /** `XXXX-XX-XX` where the format prints none (FRID). */
  readonly dateOfExpiry: string
  /** As printed, trailing fillers removed. TD1: what stands in the first line. */
  readonly optionalData: string
  /** TD1 alone: the optional data of the second line. */
  readonly optionalDataLine2?: string
  /** FRID alone: month of issue, the day unknown. */
  readonly dateOfIssue?: string
}

/** Lines decoded into fields: what they say, and which check digits hold. */
export interface MrzParse {
  readonly document: MrzDocument
  /** All check digits that the format prints hold. */
  readonly valid: boolean
  /** Check digits by field name: `documentNumber`, `dateOfBirth`, `dateOfExpiry`, `optionalData`, `composite`. */
  readonly checkDigits: Readonly<Record<string, boolean>>
  /**
   * What no check digit tells: `dateOfBirth-not-a-date`, `dateOfExpiry-not-a-date`, `sex-unknown`, `names-empty`,
   * `names-truncated`, `<field>-alphabet` (a digit among letters), `documentNumber-convention` and
   * `composite-convention` (the check digit of a long number holds only as some issuers compute it, not as ICAO does). A
   * reading adds `lines-unclear` (they read badly, or go on beyond what was seen) and `frames-disagree` (a frame shows another document).
   */
  readonly doubts?: readonly string[]
}

/** The whole reading of one picture. `lines` are after repair. */
export interface MrzReading extends MrzParse {
  readonly found: true
  readonly format: MrzFormat
  readonly lines: readonly string[]
  readonly accepted: boolean
  /** 0 to 1: the share of such readings in which every character is right. */
  readonly confidence: number
  /** By field of the document, 0 to 1: the share of such fields that are right. */
  readonly confidences: Readonly<Record<string, number>>
  /** Fields of the document that may not be relied on: unsure, against their check digit, or not what stands there. */
  readonly doubtful: readonly string[]
  readonly corrections: readonly MrzCorrection[]
}

export interface MrzMissing {
  readonly found: false
  readonly reason: string
}
