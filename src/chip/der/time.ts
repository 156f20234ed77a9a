import { malformed } from './input.ts'
import { TAG } from './tags.ts'
import type { Tlv } from './tlv.ts'

/** `YYMMDDhhmm[ss]` or `YYYYMMDDhhmm[ss]`, then `Z` or an offset; GeneralizedTime may carry fractions. */
const UTC_TIME = /^\d{10}(\d\d)?(Z|[+-]\d{4})$/
const GENERALIZED_TIME = /^\d{12}(\d\d)?(\.\d{1,9})?(Z|[+-]\d{4})$/
const MAX_TIME_OCTETS = 32

/**
 * UTCTime or GeneralizedTime as a moment; two-digit years from 50 are of the 20th century (RFC 5280, 4.1.2.5.1).
 * Fractions of a second are dropped. Throws `der-bad-time`, also for dates that do not exist.
 */
export function timeOf(element: Tlv): Date {
  const utc = element.tag === TAG.utcTime
  if (!utc && element.tag !== TAG.generalizedTime) throw malformed('der-unexpected-tag', 'a time was expected')
  if (element.value.length > MAX_TIME_OCTETS) throw malformed('der-bad-time', 'a time of impossible length')
  const text = Buffer.from(element.value.buffer, element.value.byteOffset, element.value.length).toString('latin1')
  if (!(utc ? UTC_TIME : GENERALIZED_TIME).test(text)) throw malformed('der-bad-time', 'a time not written as one')
  const twoDigits = (at: number) => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
  const century = utc ? (twoDigits(0) < 50 ? 20 : 19) : twoDigits(0)
  const at = utc ? 0 : 2
  const year = century * 100 + twoDigits(at)
  const [month, day, hour, minute] = [twoDigits(at + 2), twoDigits(at + 4), twoDigits(at + 6), twoDigits(at + 8)]
  const tens = text.charCodeAt(at + 10) - ZERO
  const second = tens >= 0 && tens <= 9 ? twoDigits(at + 10) : 0
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

const ZERO = 0x30

function offsetMilliseconds(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5))
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000
}
