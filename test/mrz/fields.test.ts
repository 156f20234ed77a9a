import { describe, expect, it } from 'vitest'
import { parseMrz, transliterate, writeMrz } from '../../src/mrz/index.ts'
import { AT, PASSPORT } from './specimen.ts'

function dated(dateOfBirth: string, dateOfExpiry = '310415', at = AT) {
  const [first, second] = writeMrz(PASSPORT) as [string, string]
  const changed = second.slice(0, 13) + dateOfBirth + second.slice(19, 21) + dateOfExpiry + second.slice(27)
  return parseMrz([first, changed], at)
}

describe('two-digit years', () => {
  it.each([
    ['261125', '2026-11-25', 'born today'],
    ['261126', '1926-11-26', 'never born tomorrow'],
    ['270101', '1927-01-01', 'never born next year'],
    ['000229', '2000-02-29', 'a leap day'],
    ['26<<<<', '2026-XX-XX', 'this year, the day unknown'],
    ['74<<<<', '1974-XX-XX', 'year alone'],
    ['7408<<', '1974-08-XX', 'year and month'],
    ['<<<<<<', 'XXXX-XX-XX', 'nothing known'],
  ])('birth %s is %s: %s', (printed, iso) => {
    expect(dated(printed).document.dateOfBirth).toBe(iso)
  })

  it.each([
    ['751231', '2075-12-31', 'at most 49 years ahead'],
    ['760101', '1976-01-01', 'else long expired'],
    ['261124', '2026-11-24', 'yesterday'],
  ])('expiry %s is %s: %s', (printed, iso) => {
    expect(dated('740812', printed).document.dateOfExpiry).toBe(iso)
  })

  it('asks the given day, not the clock', () => {
    expect(dated('261125', '310415', new Date('1999-12-31T00:00:00Z')).document.dateOfBirth).toBe('1926-11-25')
  })

  it.each(['740832', '741301', '740230', '010229', '74O812', '7<0812', '000000'])(
    '%s is no date, and said so',
    (printed) => {
      const { document, doubts } = dated(printed)
      expect(document.dateOfBirth).toBe('XXXX-XX-XX')
      expect(doubts).toContain('dateOfBirth-not-a-date')
    },
  )
})

describe('names', () => {
  const firstLine = (surname: string, givenNames: string) => writeMrz({ ...PASSPORT, surname, givenNames })[0]!

  it.each([
    ['Müller-Lüdenscheidt', 'Jürgen', 'P<UTOMUELLER<LUEDENSCHEIDT<<JUERGEN<<<<<<<<<'],
    ["O'Connor", 'Seán', 'P<UTOOCONNOR<<SEAN<<<<<<<<<<<<<<<<<<<<<<<<<<'],
    ['Weiß', 'Åsa', 'P<UTOWEISS<<AASA<<<<<<<<<<<<<<<<<<<<<<<<<<<<'],
    ['Łukasiewicz', 'Þór', 'P<UTOLUKASIEWICZ<<THOR<<<<<<<<<<<<<<<<<<<<<<'],
    ['Arkfreith', '', 'P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<'],
  ])('%s, %s: %s', (surname, givenNames, line) => {
    expect(firstLine(surname, givenNames)).toBe(line)
  })

  it('leaves a printed transliteration as it is', () => {
    expect(parseMrz(writeMrz({ ...PASSPORT, surname: 'Müller' }), AT).document.surname).toBe('MUELLER')
  })

  it.each([
    ['Nilavadhanananda', 'Chayapa Dejthamrong Krasuang', 'P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K'],
    ['Papandropoulous', 'Jonathon Alec Warrenxx Trev', 'P<UTOPAPANDROPOULOUS<<JONATHON<ALEC<WARRENX<'.slice(0, 44)],
    ['Bennelongwooloomooloowarrandytewarnambool', 'Dingo', 'P<UTOBENNELONGWOOLOOMOOLOOWARRANDYTEWARNA<<D'],
  ])('cuts %s so that the last position tells of it', (surname, givenNames, line) => {
    const written = firstLine(surname, givenNames)
    expect(written.slice(0, 43)).toBe(line.slice(0, 43))
    expect(written).toMatch(/[A-Z]$/)
    expect(parseMrz(writeMrz({ ...PASSPORT, surname, givenNames }), AT).doubts).toContain('names-truncated')
  })

  it('refuses what has no counterpart in Latin letters', () => {
    expect(() => transliterate('Ελένη')).toThrow(RangeError)
    expect(() => writeMrz({ ...PASSPORT, surname: '李' })).toThrow(RangeError)
  })
})

describe('fields that do not fit', () => {
  it.each([
    { documentNumber: 'ABCDEFGHIJ' },
    { optionalData: 'A'.repeat(15) },
    { issuingState: 'UTOP' },
    { code: 'p' },
    { nationality: 'U-O' },
  ])('%o is refused', (change) => {
    expect(() => writeMrz({ ...PASSPORT, ...change })).toThrow(RangeError)
  })
})
