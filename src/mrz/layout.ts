import type { MrzFormat } from './reading.ts'

/** A stretch of one line; all from 0, `end` exclusive. */
export interface Span {
  readonly line: number
  readonly start: number
  readonly end: number
}

export type MrzField =
  | 'code'
  | 'issuingState'
  | 'documentNumber'
  | 'nationality'
  | 'dateOfBirth'
  | 'sex'
  | 'dateOfExpiry'
  | 'dateOfIssue'
  | 'optionalData'
  | 'optionalDataLine2'
  | 'names'
  | 'surname'
  | 'givenNames'

/** A check digit: where it stands and what it is computed over. */
export interface CheckDigitLayout {
  readonly field: string
  readonly at: Span
  readonly over: readonly Span[]
}

/** Where everything stands in one format. */
export interface MrzLayout {
  readonly format: MrzFormat
  readonly lines: number
  readonly columns: number
  readonly fields: Readonly<Partial<Record<MrzField, Span>>>
  readonly checkDigits: readonly CheckDigitLayout[]
  /** The number may run on into `optionalData`, told by a filler in place of its check digit. */
  readonly longNumbers: boolean
}

/** Lines and columns as the standards count them, from 1, both ends included. */
function at(line: number, first: number, last: number = first): Span {
  return { line: line - 1, start: first - 1, end: last }
}

function check(field: string, digit: Span, ...over: readonly Span[]): CheckDigitLayout {
  return { field, at: digit, over }
}

/** ICAO 9303-5, 4.2.2. */
const TD1: MrzLayout = {
  format: 'TD1',
  lines: 3,
  columns: 30,
  longNumbers: true,
  fields: {
    code: at(1, 1, 2),
    issuingState: at(1, 3, 5),
    documentNumber: at(1, 6, 14),
    optionalData: at(1, 16, 30),
    dateOfBirth: at(2, 1, 6),
    sex: at(2, 8),
    dateOfExpiry: at(2, 9, 14),
    nationality: at(2, 16, 18),
    optionalDataLine2: at(2, 19, 29),
    names: at(3, 1, 30),
  },
  checkDigits: [
    check('documentNumber', at(1, 15), at(1, 6, 14)),
    check('dateOfBirth', at(2, 7), at(2, 1, 6)),
    check('dateOfExpiry', at(2, 15), at(2, 9, 14)),
    check('composite', at(2, 30), at(1, 6, 30), at(2, 1, 7), at(2, 9, 15), at(2, 19, 29)),
  ],
}

/** The second line up to the expiry date's check digit is one and the same in TD2, TD3 and visas. */
const SECOND_LINE = {
  documentNumber: at(2, 1, 9),
  nationality: at(2, 11, 13),
  dateOfBirth: at(2, 14, 19),
  sex: at(2, 21),
  dateOfExpiry: at(2, 22, 27),
}

const SECOND_LINE_CHECKS = [
  check('documentNumber', at(2, 10), at(2, 1, 9)),
  check('dateOfBirth', at(2, 20), at(2, 14, 19)),
  check('dateOfExpiry', at(2, 28), at(2, 22, 27)),
]

/** ICAO 9303-6, 4.2.2. */
const TD2: MrzLayout = {
  format: 'TD2',
  lines: 2,
  columns: 36,
  longNumbers: true,
  fields: {
    code: at(1, 1, 2),
    issuingState: at(1, 3, 5),
    names: at(1, 6, 36),
    ...SECOND_LINE,
    optionalData: at(2, 29, 35),
  },
  checkDigits: [...SECOND_LINE_CHECKS, check('composite', at(2, 36), at(2, 1, 10), at(2, 14, 20), at(2, 22, 35))],
}

/** ICAO 9303-4, 4.2.2. */
const TD3: MrzLayout = {
  format: 'TD3',
  lines: 2,
  columns: 44,
  longNumbers: false,
  fields: {
    code: at(1, 1, 2),
    issuingState: at(1, 3, 5),
    names: at(1, 6, 44),
    ...SECOND_LINE,
    optionalData: at(2, 29, 42),
  },
  checkDigits: [
    ...SECOND_LINE_CHECKS,
    check('optionalData', at(2, 43), at(2, 29, 42)),
    check('composite', at(2, 44), at(2, 1, 10), at(2, 14, 20), at(2, 22, 43)),
  ],
}

/** ICAO 9303-7, 4.2.2: no composite check digit. */
const MRV_A: MrzLayout = {
  ...TD3,
  format: 'MRV-A',
  fields: { ...TD3.fields, optionalData: at(2, 29, 44) },
  checkDigits: SECOND_LINE_CHECKS,
}

/** ICAO 9303-7, 5.2.2. */
const MRV_B: MrzLayout = {
  ...TD2,
  format: 'MRV-B',
  longNumbers: false,
  fields: { ...TD2.fields, optionalData: at(2, 29, 36) },
  checkDigits: SECOND_LINE_CHECKS,
}

/**
 * The French identity card of 1988 to 2021 (decree 55-1397 as amended): two lines of 36 that are not ICAO's TD2.
 * No expiry date, no nationality; the number begins with the year and month of issue.
 */
const FRID: MrzLayout = {
  format: 'FRID',
  lines: 2,
  columns: 36,
  longNumbers: false,
  fields: {
    code: at(1, 1, 2),
    issuingState: at(1, 3, 5),
    surname: at(1, 6, 30),
    optionalData: at(1, 31, 36),
    documentNumber: at(2, 1, 12),
    dateOfIssue: at(2, 1, 4),
    givenNames: at(2, 14, 27),
    dateOfBirth: at(2, 28, 33),
    sex: at(2, 35),
  },
  checkDigits: [
    check('documentNumber', at(2, 13), at(2, 1, 12)),
    check('dateOfBirth', at(2, 34), at(2, 28, 33)),
    check('composite', at(2, 36), at(1, 1, 36), at(2, 1, 35)),
  ],
}

export const MRZ_LAYOUTS: Readonly<Record<MrzFormat, MrzLayout>> = {
  TD1,
  TD2,
  TD3,
  'MRV-A': MRV_A,
  'MRV-B': MRV_B,
  FRID,
}

/** What a span says. */
export function textAt(lines: readonly string[], span: Span): string {
  return lines[span.line]!.slice(span.start, span.end)
}

/** What a check digit is computed over. */
export function checkedText(lines: readonly string[], digit: CheckDigitLayout): string {
  return digit.over.map((span) => textAt(lines, span)).join('')
}
