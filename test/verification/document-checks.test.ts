import { describe, expect, it } from 'vitest'
import { type MrzReading, parseMrz } from '../../src/mrz/index.ts'
import { checkNotExpired, checkPageMatchesChip } from '../../src/verification/document-checks.ts'
import { checkMrzCheckDigits, checkMrzFound } from '../../src/verification/page-checks.ts'

const at = new Date('2026-11-24T12:00:00Z')
/** ICAO 9303-4, appendix B: the specimen of Utopia. */
const LINES = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']
const { document } = parseMrz(LINES, at)

const reading = (lines: readonly string[], more: Partial<MrzReading> = {}): MrzReading => ({
  found: true,
  ...parseMrz(lines, at),
  format: 'TD3',
  lines,
  accepted: true,
  confidence: 0.99,
  confidences: {},
  doubtful: [],
  corrections: [],
  ...more,
})
const otherNumber = [LINES[0]!, `M${LINES[1]!.slice(1)}`]

describe('document.notExpired', () => {
  it('holds to the end of the day that the document names', () => {
    expect(checkNotExpired(document, new Date('2012-04-15T23:59:59Z'))).toMatchObject({ status: 'passed' })
    expect(checkNotExpired(document, new Date('2012-04-16T00:00:00Z'))).toMatchObject({
      status: 'failed',
      code: 'expired',
    })
  })

  it('says so when the date is unknown or nothing was read', () => {
    expect(checkNotExpired({ ...document, dateOfExpiry: 'XXXX-XX-XX' }, at).code).toBe('expiry-unknown')
    expect(checkNotExpired(undefined, at)).toMatchObject({ status: 'not_performed', code: 'document-unread' })
  })
})

describe('document.pageMatchesChip', () => {
  it('passes when every character agrees, however unsure the reading was', () => {
    expect(checkPageMatchesChip(reading(LINES, { accepted: false }), LINES, document).status).toBe('passed')
  })

  it('fails when a sure reading differs, and names the field but not its value', () => {
    const outcome = checkPageMatchesChip(reading(otherNumber), LINES, document)
    expect(outcome).toEqual({ status: 'failed', code: 'page-differs', evidence: { fields: ['documentNumber'] } })
  })

  it('does not accuse on a doubtful reading', () => {
    const outcome = checkPageMatchesChip(reading(otherNumber, { accepted: false }), LINES, document)
    expect(outcome).toMatchObject({ status: 'indeterminate', code: 'page-doubtful' })
  })

  it('has no answer without one of the two', () => {
    expect(checkPageMatchesChip(undefined, LINES, document).code).toBe('page-missing')
    expect(checkPageMatchesChip({ found: false, reason: 'no-zone' }, LINES, document).code).toBe('page-unread')
    expect(checkPageMatchesChip(reading(LINES), undefined, undefined).code).toBe('dg1-missing')
  })
})

describe('mrz.found', () => {
  it('takes the chip’s word for a reading that it confirms in every character', () => {
    const doubtful = reading(LINES, { accepted: false, confidence: 0.4 })
    expect(checkMrzFound(doubtful, undefined)).toMatchObject({ status: 'indeterminate', code: 'mrz-doubtful' })
    expect(checkMrzFound(doubtful, LINES)).toMatchObject({ status: 'passed', evidence: { confirmedBy: 'chip' } })
    expect(checkMrzFound(doubtful, otherNumber).status).toBe('indeterminate')
  })

  it('says why nothing was found', () => {
    expect(checkMrzFound({ found: false, reason: 'no-zone' }, LINES)).toEqual({
      status: 'indeterminate',
      code: 'mrz-not-found',
      evidence: { reason: 'no-zone' },
    })
    expect(checkMrzFound(undefined, LINES)).toMatchObject({ status: 'not_performed', code: 'page-missing' })
  })
})

describe('mrz.checkDigits', () => {
  it('fails on a sure reading only, and names the fields', () => {
    expect(checkMrzCheckDigits(reading(LINES), undefined).status).toBe('passed')
    const wrong = reading(otherNumber, { accepted: false, confidence: 0.99 })
    expect(checkMrzCheckDigits(wrong, undefined)).toEqual({
      status: 'failed',
      code: 'check-digit-wrong',
      evidence: { fields: ['documentNumber', 'composite'] },
    })
    expect(checkMrzCheckDigits({ ...wrong, confidence: 0.5 }, undefined)).toMatchObject({
      status: 'indeterminate',
      code: 'check-digit-doubtful',
    })
  })

  it('blames the document when the chip prints the same wrong digits', () => {
    const wrong = reading(otherNumber, { accepted: false, confidence: 0.5 })
    expect(checkMrzCheckDigits(wrong, otherNumber).status).toBe('failed')
  })
})
