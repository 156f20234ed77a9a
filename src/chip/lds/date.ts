import type { Tlv } from '../der/index.ts'
import type { Note } from './note.ts'

const UNKNOWN = /^(?:00|XX|xx|<<| {2}|--)$/

/**
 * A date as ISO 8601, unknown parts as `XX` (`1952-XX-XX`): eight characters `YYYYMMDD`, or four bytes of packed decimal
 * digits as older chips have it (ICAO 9303-10, 4.7.11, 4.7.12 and 4.7.16). Anything else is noted as `date` and left out.
 */
export function dateOf(element: Tlv, note: Note): string | undefined {
  const date = isoDate(digitsOf(element.value, 8))
  if (date === undefined) note('date')
  return date
}

/** A moment `YYYYMMDDhhmmss` without a time zone, as ISO 8601 (5F55 of DG12); noted as `date` when it is none. */
export function momentOf(element: Tlv, note: Note): string | undefined {
  const digits = digitsOf(element.value, 14)
  const date = isoDate(digits.slice(0, 8))
  const time = /^(\d\d)(\d\d)(\d\d)$/.exec(digits.slice(8))
  const within = time && Number(time[1]) < 24 && Number(time[2]) < 60 && Number(time[3]) < 61
  if (date === undefined || !within) {
    note('date')
    return undefined
  }
  return `${date}T${time[1]}:${time[2]}:${time[3]}`
}

/** Characters as they stand, or the decimal digits of half as many packed bytes. */
function digitsOf(bytes: Uint8Array, length: number): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (buffer.length * 2 === length) return buffer.toString('hex')
  return buffer.length === length ? buffer.toString('latin1') : ''
}

function isoDate(text: string): string | undefined {
  if (text.length !== 8) return undefined
  const year = text.slice(0, 4)
  const month = text.slice(4, 6)
  const day = text.slice(6)
  if (UNKNOWN.test(month) && UNKNOWN.test(day) && /^\d{4}$/.test(year)) return `${year}-XX-XX`
  if (!/^\d{6}$/.test(year + month) || Number(month) < 1 || Number(month) > 12) return undefined
  if (UNKNOWN.test(day)) return `${year}-${month}-XX`
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (!/^\d\d$/.test(day) || Number(day) > lastDay) return undefined
  return `${year}-${month}-${day}`
}
