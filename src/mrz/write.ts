import { checkDigit } from './check-digit.ts'
import { writeDate } from './date.ts'
import { writeDocumentNumber } from './document-number.ts'
import { checkedText, MRZ_LAYOUTS, type MrzField, type MrzLayout, type Span } from './layout.ts'
import { transliterate, writeNames } from './names.ts'
import type { MrzDocument } from './reading.ts'

/**
 * Writes the MRZ of a document in its format, check digits included. Names may hold Latin letters with diacritics,
 * spaces, hyphens and apostrophes; they are transliterated and, where too long, truncated as ICAO 9303-4, 4.2.3 asks.
 * Throws a RangeError when another field does not fit or holds a character outside the MRZ's alphabet.
 */
export function writeMrz(document: MrzDocument): readonly string[] {
  const layout = MRZ_LAYOUTS[document.format]
  const number = writeDocumentNumber(document.documentNumber, document.optionalData, layout)
  const rows = Array.from({ length: layout.lines }, () => Array<string>(layout.columns).fill('<'))
  const put = (span: Span, text: string) => {
    const width = span.end - span.start
    if (text.length > width || !/^[A-Z0-9<]*$/.test(text)) throw new RangeError('a field does not fit into the MRZ')
    for (let i = 0; i < width; i++) rows[span.line]![span.start + i] = text[i] ?? '<'
  }
  for (const [field, text] of Object.entries(fieldTexts(document, layout))) {
    const span = layout.fields[field as MrzField]
    if (span && field !== 'dateOfIssue') put(span, text)
  }
  put(layout.fields.documentNumber!, number.principal)
  put(layout.fields.optionalData!, number.optional)
  // The composite comes last in every layout, so that it covers the digits written before it.
  for (const digit of layout.checkDigits) {
    const lines = rows.map((row) => row.join(''))
    put(digit.at, digit.field === 'documentNumber' ? number.digit : checkDigit(checkedText(lines, digit))!)
  }
  return rows.map((row) => row.join(''))
}

function fieldTexts(document: MrzDocument, layout: MrzLayout): Partial<Record<MrzField, string>> {
  const { names } = layout.fields
  return {
    code: document.code,
    issuingState: document.issuingState,
    nationality: document.nationality,
    dateOfBirth: writeDate(document.dateOfBirth),
    sex: document.sex === 'X' ? '<' : document.sex,
    dateOfExpiry: writeDate(document.dateOfExpiry),
    optionalDataLine2: document.optionalDataLine2 ?? '',
    ...(names
      ? { names: writeNames(document, names.end - names.start) }
      : {
          surname: cut(document.surname, layout.fields.surname!),
          givenNames: cut(document.givenNames, layout.fields.givenNames!),
        }),
  }
}

function cut(name: string, { start, end }: Span): string {
  return transliterate(name).slice(0, end - start)
}
