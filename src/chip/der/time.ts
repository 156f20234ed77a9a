import { malformed } from './input.ts'
import { TAG } from './tags.ts'
import type { Tlv } from './tlv.ts'

/** `YYMMDDhhmm[ss]` or `YYYYMMDDhhmm[ss]`, then `Z` or an offset; GeneralizedTime may carry fractions. */
const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d{1,9})?(Z|[+-]\d{4})$/
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
  const parts = (utc ? UTC_TIME : GENERALIZED_TIME).exec(text)
  if (!parts) throw malformed('der-bad-time', 'a time that is not written as one')
  const number = (index: number) => Number(parts[index] ?? 0)
  const year = utc ? number(1) + (number(1) < 50 ? 2000 : 1900) : number(1)
  const local = Date.UTC(year, number(2) - 1, number(3), number(4), number(5), number(6))
  const date = new Date(local)
  const exists =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === number(2) - 1 &&
    date.getUTCDate() === number(3) &&
    date.getUTCHours() === number(4) &&
    date.getUTCMinutes() === number(5) &&
    number(6) < 60
  if (!exists) throw malformed('der-bad-time', 'a time that does not exist')
  return new Date(local - offsetMilliseconds(parts[7]!))
}

function offsetMilliseconds(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5))
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000
}
