import { checkDigit } from './check-digit.ts'
import { type MrzLayout, textAt } from './layout.ts'

/** The document number, what optional data remains beside it, and whether its check digit holds. */
export interface DocumentNumber {
  readonly number: string
  readonly optionalData: string
  readonly holds: boolean
  /** It holds only when the filler is counted, which is not how ICAO computes it. */
  readonly countsFiller: boolean
  /** The number runs on into the optional data. */
  readonly isLong: boolean
}

/**
 * Reads the document number. One of more than nine characters has a filler in place of its check digit; the rest,
 * then the check digit, then a filler stand in the optional data (ICAO 9303-5, 4.2.2.1 note j). Issuers
 * compute the digit over the number alone, as ICAO's own example does, or with that filler counted; both hold.
 */
export function readDocumentNumber(lines: readonly string[], layout: MrzLayout): DocumentNumber {
  const principal = textAt(lines, layout.fields.documentNumber!)
  const digit = textAt(lines, layout.checkDigits.find(({ field }) => field === 'documentNumber')!.at)
  const optional = textAt(lines, layout.fields.optionalData!)
  const overflow = optional.slice(0, optional.indexOf('<') < 0 ? optional.length : optional.indexOf('<'))
  const isLong = layout.longNumbers && digit === '<' && !principal.endsWith('<') && overflow.length >= 2
  if (!isLong) {
    const holds = digit === checkDigit(principal) || (digit === '<' && /^<*$/.test(principal))
    return { number: trimmed(principal), optionalData: trimmed(optional), holds, countsFiller: false, isLong }
  }
  const rest = overflow.slice(0, -1)
  const printed = overflow.slice(-1)
  const holdsAlone = printed === checkDigit(principal + rest)
  const countsFiller = !holdsAlone && printed === checkDigit(`${principal}<${rest}`)
  const optionalData = trimmed(optional.slice(overflow.length + 1))
  return { number: principal + rest, optionalData, holds: holdsAlone || countsFiller, countsFiller, isLong }
}

/**
 * The number, its check digit and the optional data as they are printed.
 * Throws a RangeError when they do not fit.
 */
export function writeDocumentNumber(number: string, optionalData: string, layout: MrzLayout) {
  const { start, end } = layout.fields.documentNumber!
  const width = end - start
  const room = layout.fields.optionalData!.end - layout.fields.optionalData!.start
  const isLong = number.length > width && layout.longNumbers
  const principal = number.slice(0, width).padEnd(width, '<')
  const overflow = isLong ? `${number.slice(width)}${checkDigit(number)}` : ''
  const optional = overflow && optionalData ? `${overflow}<${optionalData}` : overflow + optionalData
  if ((number.length > width && !isLong) || optional.length > room) {
    throw new RangeError('the document number or the optional data is too long for the format')
  }
  return { principal, digit: isLong ? '<' : checkDigit(principal)!, optional: optional.padEnd(room, '<') }
}

function trimmed(field: string): string {
  return field.replace(/<+$/, '')
}
