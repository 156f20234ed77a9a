import { describe, expect, it } from 'vitest'
import { UNCALIBRATED } from '../../../src/mrz/network/calibration.ts'
import { decodeEvidence } from '../../../src/mrz/network/decode-evidence.ts'
import { NAME_LINE, NUMBER_LINE } from '../specimen.ts'
import { type Doubts, evidenceOf } from './cells.ts'

const read = (nationality: string, doubts: Doubts = {}) =>
  decodeEvidence(evidenceOf([NAME_LINE, NUMBER_LINE.replace('UTO', nationality)], [{}, doubts]), UNCALIBRATED)!

describe('the codes of states', () => {
  it('decide where a character is in doubt: no state has the code UKH', () => {
    const { lines, fields } = read('UKH', { 12: { R: 1 } })
    expect(lines[1]!.slice(10, 13)).toBe('UKR')
    expect(fields.nationality).toBeGreaterThan(0.95)
  })

  it('leave the doubt between two that exist', () => {
    const { lines, fields } = read('AUS', { 12: { T: 1 } })
    expect(lines[1]!.slice(10, 13)).toBe('AUS')
    expect(fields.nationality).toBeLessThan(0.8)
  })

  it('do not overrule what is plainly printed', () => {
    const { lines, fields } = read('QQH', { 12: { R: 9 } })
    expect(lines[1]!.slice(10, 13)).toBe('QQH')
    expect(fields.nationality).toBeGreaterThan(0.95)
  })

  it('know the single letter of Germany', () => {
    expect(read('D<<').fields.nationality).toBeGreaterThan(0.99)
  })
})
