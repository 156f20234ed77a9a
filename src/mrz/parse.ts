import { Fault } from '../check/index.ts'
import { checkDigit } from './check-digit.ts'
import { birthDate, expiryDate, issueMonth, type MrzDate, UNKNOWN_DATE } from './date.ts'
import { type DocumentNumber, readDocumentNumber } from './document-number.ts'
import { mrzLayout } from './format.ts'
import { type CheckDigitLayout, checkedText, type MrzField, type MrzLayout, textAt } from './layout.ts'
import { readNames, words } from './names.ts'
import type { MrzDocument, MrzParse } from './reading.ts'

/**
 * Decodes the lines of an MRZ (ICAO 9303-3 to -7, and the French card of 1988). Parts are returned whether or not
 * check digits hold; the result says which do. `at` settles the century of two-digit years (see `birthDate`,
 * `expiryDate`). Throws `mrz-format-unknown` when number and length of the lines fit no format.
 */
export function parseMrz(lines: readonly string[], at: Date): MrzParse {
  const layout = mrzLayout(lines)
  if (!layout) throw new Fault('mrz-format-unknown', 'malformed', 'the lines have the shape of no MRZ format')
  const number = readDocumentNumber(lines, layout)
  const { document, doubts } = readDocument(lines, layout, number, at)
  if (number.countsFiller) doubts.push('documentNumber-convention')
  const checkDigits: Record<string, boolean> = {}
  for (const digit of layout.checkDigits) {
    checkDigits[digit.field] = digit.field === 'documentNumber' ? number.holds : checkDigitHolds(lines, digit)
  }
  if (checkDigits.composite === false && number.isLong && compositeWithoutFillerHolds(lines, layout)) {
    checkDigits.composite = true
    doubts.push('composite-convention')
  }
  return { document, valid: Object.values(checkDigits).every(Boolean), checkDigits, doubts }
}

function checkDigitHolds(lines: readonly string[], digit: CheckDigitLayout): boolean {
  const printed = textAt(lines, digit.at)
  const text = checkedText(lines, digit)
  // A field that was left empty may have a filler for its check digit (ICAO 9303-4, 4.2.2.2).
  return printed === checkDigit(text) || (printed === '<' && /^<*$/.test(text))
}

/** Some issuers leave the filler that marks a long number out of the composite. */
function compositeWithoutFillerHolds(lines: readonly string[], layout: MrzLayout): boolean {
  const composite = layout.checkDigits.find(({ field }) => field === 'composite')!
  const number = layout.fields.documentNumber!
  const text = checkedText(lines, composite)
  const filler = number.end - number.start
  return textAt(lines, composite.at) === checkDigit(text.slice(0, filler) + text.slice(filler + 1))
}

function readDocument(lines: readonly string[], layout: MrzLayout, number: DocumentNumber, at: Date) {
  const text = (field: MrzField) => (layout.fields[field] ? textAt(lines, layout.fields[field]) : '')
  const doubts: string[] = []
  const dated = (field: 'dateOfBirth' | 'dateOfExpiry' | 'dateOfIssue', date: MrzDate) => {
    if (date === undefined) doubts.push(`${field}-not-a-date`)
    return date ?? UNKNOWN_DATE
  }
  const { format } = layout
  const isFrench = format === 'FRID'
  const document: MrzDocument = {
    format,
    code: text('code').replace(/<+$/, ''),
    issuingState: text('issuingState').replace(/<+$/, ''),
    documentNumber: number.number,
    ...(isFrench
      ? { surname: words(text('surname')), givenNames: words(text('givenNames')) }
      : readNames(text('names'))),
    nationality: isFrench ? 'FRA' : text('nationality').replace(/<+$/, ''),
    dateOfBirth: dated('dateOfBirth', birthDate(text('dateOfBirth'), at)),
    sex: text('sex') === 'F' ? 'F' : text('sex') === 'M' ? 'M' : 'X',
    dateOfExpiry: isFrench ? UNKNOWN_DATE : dated('dateOfExpiry', expiryDate(text('dateOfExpiry'), at)),
    optionalData: number.optionalData,
    ...(layout.fields.optionalDataLine2 ? { optionalDataLine2: text('optionalDataLine2').replace(/<+$/, '') } : {}),
    ...(isFrench ? { dateOfIssue: dated('dateOfIssue', issueMonth(text('dateOfIssue'), at)) } : {}),
  }
  if (!/^[FMX<]$/.test(text('sex'))) doubts.push('sex-unknown')
  const names = isFrench ? text('surname') : text('names')
  if (document.surname === '' && document.givenNames === '') doubts.push('names-empty')
  else if (!names.endsWith('<')) doubts.push('names-truncated')
  for (const field of ['issuingState', 'nationality', 'names', 'surname', 'givenNames'] as const) {
    if (/[^A-Z<]/.test(text(field))) doubts.push(`${field}-alphabet`)
  }
  return { document, doubts }
}
