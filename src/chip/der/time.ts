import { malformed } from './input.ts'
import { TAG } from './tags.ts'
import type { Tlv } from './tlv.ts'

/** `YYMMDDhhmm[ss]` or `YYYYMMDDhhmm[ss]`, then `Z` or an offset; GeneralizedTime may carry fractions. */
const UTC_TIME = /^\d{10}(\d\d)?(Z|[+-]\d{4})$/
const GENERALIZED_TIME = /^\d{12}(\d\d)?([.,]\d{1,9})?(Z|[+-]\d{4})$/
const MAX_TIME_OCTETS = 32

/**
 * UTCTime or GeneralizedTime as a moment; two-digit years from 50 are of the 20th century (RFC 5280, 4.1.2.5.1).
 * Fractions of a second are dropped. Throws `der-bad-time`, also for dates that do not exist.
 */
export function timeOf(element: Tlv): Date {
  if (element.tag === TAG.generalizedTime) return generalizedTimeOf(element)
  if (element.tag !== TAG.utcTime) throw malformed('der-unexpected-tag', 'a time was expected')
  const text = writtenAs(UTC_TIME, element)
  return momentOf(twoDigits(text, 0) < 50 ? `20${text}` : `19${text}`)
}

/** The same for a GeneralizedTime (X.690, 11.7) under whatever tag. Throws `der-bad-time`. */
export const generalizedTimeOf = (element: Tlv): Date => momentOf(writtenAs(GENERALIZED_TIME, element))

function writtenAs(form: RegExp, { value }: Tlv): string {
  if (value.length > MAX_TIME_OCTETS) throw malformed('der-bad-time', 'a time of impossible length')
  const text = Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1')
  if (!form.test(text)) throw malformed('der-bad-time', 'a time not written as one')
  return text
}

/** `text` starts with four digits of the year and two each of month, day, hour and minute, perhaps of the second. */
function momentOf(text: string): Date {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const [month, day, hour, minute] = [4, 6, 8, 10].map((at) => twoDigits(text, at)) as [number, number, number, number]
  const second = /\d/.test(text[12]!) ? twoDigits(text, 12) : 0
  const local = Date.UTC(year, month - 1, day, hour, minute, second)
  const date = new Date(local)
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    second < 60
  if (!exists) throw malformed('der-bad-time', 'a time that does not exist')
  return text.endsWith('Z') ? date : new Date(local - offsetMilliseconds(text.slice(-5)))
}

const twoDigits = (text: string, at: number): number =>
  (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO

const ZERO = 0x30

function offsetMilliseconds(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5))
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000
}
