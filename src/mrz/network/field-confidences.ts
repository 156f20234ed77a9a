import { readDocumentNumber } from '../document-number.ts'
import type { MrzLayout, Span } from '../layout.ts'
import type { MrzDocument } from '../reading.ts'

export type DocumentField = Exclude<keyof MrzDocument, 'format'>

/** Where the fields of a document stand, name by name: the cells that must be right for it to be right. */
export function fieldSpans(layout: MrzLayout, lines: readonly string[]): ReadonlyMap<DocumentField, readonly Span[]> {
  const { names, ...fields } = layout.fields
  const spans = new Map<DocumentField, readonly Span[]>()
  for (const [field, span] of Object.entries(fields)) {
    const digit = layout.checkDigits.find((each) => each.field === field)
    spans.set(field as DocumentField, digit ? [span, digit.at] : [span])
  }
  if (names) {
    // The separator belongs to both names: misread, it moves a part of one to the other.
    const at = lines[names.line]!.slice(names.start, names.end).indexOf('<<')
    const split = at < 0 ? names.end : names.start + at
    spans.set('surname', [{ ...names, end: Math.min(split + 2, names.end) }])
    spans.set('givenNames', [{ ...names, start: split }])
  }
  if (layout.fields.optionalData && readDocumentNumber(lines, layout).isLong) {
    spans.set('documentNumber', [...spans.get('documentNumber')!, layout.fields.optionalData])
  }
  return spans
}

/** The product of the confidences of a span's cells. */
export function spanConfidence(characters: readonly (readonly number[])[], spans: readonly Span[]): number {
  let product = 1
  for (const { line, start, end } of spans) {
    for (let cell = start; cell < end; cell++) product *= characters[line]![cell]!
  }
  return product
}

/** Whether some check digit covers a field of the document. */
export function isCovered({ checkDigits, fields }: MrzLayout, field: string): boolean {
  const span = fields[field as keyof MrzLayout['fields']] ?? fields.names
  return checkDigits.some(({ over }) =>
    over.some(({ line, start, end }) => span && line === span.line && start <= span.start && span.end <= end),
  )
}
