import { describe, expect, it } from 'vitest'
import { parseMrz, writeMrz } from '../../src/mrz/index.ts'
import { NAME_LINE, NUMBER_LINE, replaced } from './specimen.ts'

const AT = new Date('2012-01-01T00:00:00Z')

/** The specimens that ICAO Doc 9303 prints (8th edition), and what they say. */
const PUBLISHED = [
  {
    name: '9303-4 appendix B (TD3)',
    lines: [NAME_LINE, NUMBER_LINE],
    document: {
      format: 'TD3',
      code: 'P',
      documentNumber: 'L898902C3',
      nationality: 'UTO',
      dateOfBirth: '1974-08-12',
      dateOfExpiry: '2012-04-15',
      optionalData: 'ZE184226B',
    },
  },
  {
    name: '9303-5 appendix B (TD1)',
    lines: ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
    document: { format: 'TD1', code: 'I', documentNumber: 'D23145890', dateOfBirth: '1974-08-12', optionalData: '' },
  },
  {
    name: '9303-6 appendix B (TD2)',
    lines: ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'],
    document: { format: 'TD2', documentNumber: 'D23145890', dateOfExpiry: '2012-04-15' },
  },
  {
    name: '9303-7 appendix A (MRV-A)',
    lines: ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'],
    document: { format: 'MRV-A', documentNumber: 'L8988901C', dateOfBirth: '1940-09-07', optionalData: '6ZE184226B' },
  },
  {
    name: '9303-7 appendix B (MRV-B)',
    lines: ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<'],
    document: { format: 'MRV-B', documentNumber: 'L8988901C', dateOfExpiry: '1996-12-10' },
  },
] as const

describe('published specimens', () => {
  it.each(PUBLISHED)('$name: every check digit holds and the parts are read', ({ lines, document }) => {
    const parse = parseMrz(lines, AT)
    expect(parse.valid).toBe(true)
    expect(parse.document).toMatchObject({ surname: 'ERIKSSON', givenNames: 'ANNA MARIA', sex: 'F', ...document })
    expect(parse.document.issuingState).toBe('UTO')
  })

  it.each(PUBLISHED)('$name: is written again as printed', ({ lines }) => {
    expect(writeMrz(parseMrz(lines, AT).document)).toEqual(lines)
  })
})

describe('document numbers of more than nine characters', () => {
  const long = ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<']

  it('reads the example of ICAO 9303-5 as one number', () => {
    const { document, valid } = parseMrz(long, AT)
    expect(document.documentNumber).toBe('D23145890734')
    expect(document.optionalData).toBe('')
    expect(valid).toBe(true)
  })

  it.each([
    ['0', true],
    ['6', true],
    ['3', false],
  ])('takes the check digit with and without the filler counted: %s is %s', (digit, holds) => {
    const [, dates, names] = long as [string, string, string]
    const lines = [`I<UTOD23145890<735${digit}<<<<<<<<<<<`, dates, names]
    expect(parseMrz(lines, AT).checkDigits.documentNumber).toBe(holds)
  })

  it('writes what it read', () => {
    expect(writeMrz(parseMrz(long, AT).document)).toEqual(long)
  })

  it('keeps optional data behind a long number apart', () => {
    const document = { ...parseMrz(long, AT).document, optionalData: 'AB<12' }
    expect(parseMrz(writeMrz(document), AT).document).toEqual(document)
  })
})

describe('issuers that differ', () => {
  it('reads Germany, a single letter, and an unstated sex', () => {
    const lines = ['IDD<<T220001293<<<<<<<<<<<<<<<', '6408125<2010315D<<<<<<<<<<<<<4', 'MUSTERMANN<<ERIKA<<<<<<<<<<<<<']
    const { document, valid } = parseMrz(lines, AT)
    expect(valid).toBe(true)
    expect(document).toMatchObject({ issuingState: 'D', nationality: 'D', sex: 'X', documentNumber: 'T22000129' })
  })

  it.each(['<', '0'])('takes "%s" for the check digit of empty optional data', (digit) => {
    const body = 'L898902C36UTO7408122F1204159<<<<<<<<<<<<<<'
    const lines = [NAME_LINE, `${body}${digit}8`]
    expect(parseMrz(lines, AT).checkDigits).toMatchObject({ optionalData: true, composite: true })
  })

  it('reads the French card of 1988 by its own layout', () => {
    const document = {
      format: 'FRID',
      code: 'ID',
      issuingState: 'FRA',
      documentNumber: '880692310285',
      surname: 'BERTHIER',
      givenNames: 'CORINNE',
      nationality: 'FRA',
      dateOfBirth: '1965-12-06',
      sex: 'F',
      dateOfExpiry: 'XXXX-XX-XX',
      optionalData: '',
      dateOfIssue: '1988-06-XX',
    } as const
    const lines = ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '8806923102858CORINNE<<<<<<<6512068F6']
    expect(parseMrz(lines, AT)).toEqual({
      document,
      valid: true,
      checkDigits: { documentNumber: true, dateOfBirth: true, composite: true },
      doubts: [],
    })
    expect(writeMrz(document)).toEqual(lines)
  })

  it('reads lines without a single filler', () => {
    const lines = ['POCHNZHENGJIANYANGBENXXXXXXXXXXXXXXXXXXXXXXX', 'E000000000CHN8001019F2401015ABCDEFGHIJKLMN16']
    const { document, doubts } = parseMrz(lines, AT)
    expect(document.surname).toHaveLength(39)
    expect(doubts).toContain('names-truncated')
  })
})

describe('a failing check digit', () => {
  it('is named, and the parts are still returned', () => {
    const lines = [NAME_LINE, replaced(NUMBER_LINE, 18, '3')]
    const { valid, checkDigits, document } = parseMrz(lines, AT)
    expect(valid).toBe(false)
    expect(checkDigits).toEqual({
      documentNumber: true,
      dateOfBirth: false,
      dateOfExpiry: true,
      optionalData: true,
      composite: false,
    })
    expect(document).toMatchObject({ surname: 'ERIKSSON', documentNumber: 'L898902C3' })
  })
})

describe('lines that fit no format', () => {
  it.each([
    ['none', []],
    ['one line', ['P<UTO']],
    ['lines of different length', ['P'.padEnd(44, '<'), 'L'.padEnd(43, '<')]],
    ['four lines', Array(4).fill('<'.repeat(30))],
    ['two lines of 30', Array(2).fill('<'.repeat(30))],
  ])('%s: a typed fault', (_, lines) => {
    expect(() => parseMrz(lines as string[], AT)).toThrow(expect.objectContaining({ code: 'mrz-format-unknown' }))
  })

  it('characters outside the alphabet fail their check digit and nothing else', () => {
    const lines = [NAME_LINE, replaced(NUMBER_LINE, 6, 'é')]
    const { checkDigits } = parseMrz(lines, AT)
    expect(checkDigits.documentNumber).toBe(false)
    expect(checkDigits.dateOfBirth).toBe(true)
  })
})
