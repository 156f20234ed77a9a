/** An expiry date lies at most so many years ahead of the day of judgement; what is written later has long passed. */
const EXPIRY_YEARS_AHEAD = 49

/** A date of which nothing is known. */
export const UNKNOWN_DATE = 'XXXX-XX-XX'

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** An MRZ date in ISO 8601, unknown parts as `X`, or undefined when it is no date of the calendar. */
export type MrzDate = string | undefined

/**
 * A date of birth, YYMMDD with fillers for unknown parts (ICAO 9303-3, 4.8): the latest century that does not put
 * it after the day of `at`. So nobody is older than 99, and nobody is born in the future.
 */
export function birthDate(text: string, at: Date): MrzDate {
  const today = at.toISOString().slice(0, 10)
  return datedBy(text, (year, rest) => {
    const century = Math.floor(at.getUTCFullYear() / 100) * 100
    const isFuture = `${century + year}-${rest.replaceAll('X', '0')}` > today
    return isFuture ? century - 100 + year : century + year
  })
}

/** A date of expiry: the century that puts its year between 50 years before and 49 years after that of `at`. */
export function expiryDate(text: string, at: Date): MrzDate {
  return datedBy(text, (year) => {
    const last = at.getUTCFullYear() + EXPIRY_YEARS_AHEAD
    return last - ((((last - year) % 100) + 100) % 100)
  })
}

/** The month of issue, YYMM, never after `at`. */
export function issueMonth(text: string, at: Date): MrzDate {
  return birthDate(`${text}<<`, at)
}

/** YYMMDD as the MRZ writes an ISO date. */
export function writeDate(iso: string): string {
  return `${iso.slice(2, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}`.replaceAll('X', '<')
}

function datedBy(text: string, fullYear: (year: number, rest: string) => number): MrzDate {
  const parts = /^(\d\d|<<)(\d\d|<<)(\d\d|<<)$/.exec(text)
  if (!parts) return undefined
  const [year, month, day] = parts.slice(1).map((part) => part.replace('<<', 'XX')) as [string, string, string]
  const full = year === 'XX' ? undefined : fullYear(Number(year), `${month}-${day}`)
  return isInCalendar(full, month, day) ? `${full ?? 'XXXX'}-${month}-${day}` : undefined
}

/** Whether some day of the calendar agrees with the parts that are known. */
function isInCalendar(year: number | undefined, month: string, day: string): boolean {
  const days = month === 'XX' ? 31 : DAYS[Number(month) - 1]
  if (days === undefined) return false
  const isLeap = year === undefined || (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = month === '02' && !isLeap ? 28 : days
  return day === 'XX' || (Number(day) >= 1 && Number(day) <= last)
}
