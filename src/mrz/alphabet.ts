import type { MrzField, MrzLayout } from './layout.ts'

const DIGITS = '0123456789'
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ<'

/** All characters of an MRZ (ICAO 9303-3, 4.3). */
export const MRZ_ALPHABET = `${DIGITS}${LETTERS}`

const FIELD_ALPHABETS: Readonly<Record<MrzField, string>> = {
  code: MRZ_ALPHABET,
  issuingState: LETTERS,
  documentNumber: MRZ_ALPHABET,
  nationality: LETTERS,
  dateOfBirth: `${DIGITS}<`,
  sex: 'FMX<',
  dateOfExpiry: `${DIGITS}<`,
  dateOfIssue: DIGITS,
  optionalData: MRZ_ALPHABET,
  optionalDataLine2: MRZ_ALPHABET,
  names: LETTERS,
  surname: LETTERS,
  givenNames: LETTERS,
}

/** For every line and column of a format, the characters that may stand there. */
export function cellAlphabets(layout: MrzLayout): readonly (readonly string[])[] {
  const cells = Array.from({ length: layout.lines }, () => Array<string>(layout.columns).fill(MRZ_ALPHABET))
  for (const [field, { line, start, end }] of Object.entries(layout.fields)) {
    cells[line]!.fill(FIELD_ALPHABETS[field as MrzField], start, end)
  }
  // The composite digit is always printed; the others may be a filler (an empty field, a long number).
  for (const { field, at } of layout.checkDigits) {
    cells[at.line]!.fill(field === 'composite' ? DIGITS : `${DIGITS}<`, at.start, at.end)
  }
  return cells
}
