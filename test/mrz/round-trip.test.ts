import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, MRZ_LAYOUTS, type MrzDocument, type MrzFormat, parseMrz, writeMrz } from '../../src/mrz/index.ts'

/** 10^4 cases in the suite; `MRZ_CASES=100000` for the long run. */
const CASES = Number(process.env.MRZ_CASES ?? 10_000)
const AT = new Date('2026-11-25T00:00:00Z')

const letters = (min: number, max: number) => text('ABCDEFGHIJKLMNOPQRSTUVWXYZ', min, max)
const characters = (min: number, max: number) => text('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', min, max)

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

/** Documents whose every part fits its format. */
function documents(format: MrzFormat): fc.Arbitrary<MrzDocument> {
  const layout = MRZ_LAYOUTS[format]
  const isFrench = format === 'FRID'
  const isVisa = format.startsWith('MRV')
  const field = layout.fields.optionalData!
  const number = isFrench
    ? fc.stringMatching(/^\d{2}(0[1-9]|1[0-2])\d{8}$/)
    : characters(1, layout.longNumbers ? 12 : 9)
  const optional = characters(0, layout.longNumbers ? 2 : field.end - field.start)
  return fc
    .record({
      code: isFrench ? fc.constant('ID') : fc.constantFrom(...(isVisa ? ['V', 'VC'] : ['P', 'PM', 'I', 'A', 'C'])),
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

describe.each(Object.keys(MRZ_LAYOUTS) as MrzFormat[])('%s', (format) => {
  const layout = MRZ_LAYOUTS[format]

  it('reads back what it writes, with every check digit holding', () => {
    fc.assert(
      fc.property(documents(format), (document) => {
        const parse = parseMrz(writeMrz(document), AT)
        expect(parse.document).toEqual(document)
        expect(parse.valid).toBe(true)
      }),
      { numRuns: Math.ceil(CASES / 6) },
    )
  })

  it('notices a single changed character in any protected field, but for changes of ten', () => {
    const cells = layout.checkDigits.flatMap(({ at, over }) =>
      [at, ...over].flatMap(({ line, start, end }) =>
        Array.from({ length: end - start }, (_, i) => ({ line, column: start + i })),
      ),
    )
    fc.assert(
      fc.property(documents(format), fc.constantFrom(...cells), characters(1, 1), (document, cell, wrong) => {
        const lines = writeMrz(document)
        const right = lines[cell.line]![cell.column]!
        fc.pre(checkDigit(right) !== checkDigit(wrong))
        const row = lines[cell.line]!
        const changed = row.slice(0, cell.column) + wrong + row.slice(cell.column + 1)
        const { valid, doubts = [] } = parseMrz(lines.with(cell.line, changed), AT)
        expect(valid && !doubts.some((doubt) => doubt.endsWith('-convention'))).toBe(false)
      }),
      { numRuns: Math.ceil(CASES / 20) },
    )
  })
})

describe('any lines at all', () => {
  it('are read or refused with a typed fault', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 50 }),
      ...[30, 36, 44].map((n) => fc.string({ minLength: n, maxLength: n })),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        try {
          expect(typeof parseMrz(lines, AT).valid).toBe('boolean')
        } catch (error) {
          expect(error).toMatchObject({ code: 'mrz-format-unknown' })
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
