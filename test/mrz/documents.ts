import fc from 'fast-check'
import { MRZ_LAYOUTS, type MrzDocument, type MrzFormat } from '../../src/mrz/index.ts'

/** How often the property tests try: 10^4 times in the suite, 10^5 with MRZ_CASES=100000. */
export const CASES = Number(process.env.MRZ_CASES ?? 10_000)

const letters = (min: number, max: number) => text('ABCDEFGHIJKLMNOPQRSTUVWXYZ', min, max)
export const characters = (min: number, max: number) => text('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', min, max)

function text(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((all) => all.join(''))
}

function names(words: number, longest: number): fc.Arbitrary<string> {
  return fc.array(letters(1, longest), { minLength: 1, maxLength: words }).map((all) => all.join(' '))
}

/** Days from `first` to `last` with the day, the month or everything unknown now and then. */
function dates(first: string, last: string): fc.Arbitrary<string> {
  const known = fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const dayUnknown = known.map((date) => `${date.slice(0, 8)}XX`)
  const monthUnknown = known.map((date) => `${date.slice(0, 5)}XX-XX`)
  return fc.oneof({ weight: 8, arbitrary: known }, dayUnknown, monthUnknown, fc.constant('XXXX-XX-XX'))
}

/** Document codes that each format may open with (ICAO 9303-4 to -7). */
const CODES: Readonly<Record<MrzFormat, readonly string[]>> = {
  TD1: ['I', 'A', 'C', 'IP', 'AC'],
  TD2: ['I', 'A', 'C', 'IR'],
  TD3: ['P', 'PM', 'PD'],
  'MRV-A': ['V', 'VC'],
  'MRV-B': ['V', 'VC'],
  FRID: ['ID'],
}

/** Documents whose every part fits its format. */
export function documents(format: MrzFormat): fc.Arbitrary<MrzDocument> {
  const layout = MRZ_LAYOUTS[format]
  const isFrench = format === 'FRID'
  const field = layout.fields.optionalData!
  const number = isFrench
    ? fc.stringMatching(/^\d{2}(0[1-9]|1[0-2])\d{8}$/)
    : characters(1, layout.longNumbers ? 12 : 9)
  const optional = characters(0, layout.longNumbers ? 2 : field.end - field.start)
  return fc
    .record({
      code: fc.constantFrom(...CODES[format]),
      issuingState: isFrench ? fc.constant('FRA') : fc.oneof(letters(3, 3), fc.constant('D')),
      documentNumber: number,
      surname: names(2, 6),
      givenNames: fc.oneof(names(2, 5), fc.constant('')),
      nationality: isFrench ? fc.constant('FRA') : fc.oneof(letters(3, 3), fc.constant('D')),
      dateOfBirth: dates('1927-01-01', '2026-11-25'),
      sex: fc.constantFrom('F', 'M', 'X') as fc.Arbitrary<MrzDocument['sex']>,
      dateOfExpiry: isFrench ? fc.constant('XXXX-XX-XX') : dates('1976-01-01', '2075-12-31'),
      optionalData: optional,
      optionalDataLine2: characters(0, 11),
    })
    .map(({ optionalDataLine2, ...document }) => ({
      format,
      ...document,
      ...(format === 'TD1' ? { optionalDataLine2 } : {}),
      ...(isFrench ? { dateOfIssue: monthOfIssue(document.documentNumber) } : {}),
    }))
    .filter((document) => !(format === 'TD2' && document.code === 'I' && document.issuingState === 'FRA'))
}

function monthOfIssue(number: string): string {
  const year = Number(number.slice(0, 2))
  const month = number.slice(2, 4)
  const isFuture = year > 26 || (year === 26 && Number(month) > 11)
  return `${year + (isFuture ? 1900 : 2000)}-${month}-XX`
}
