import { describe, expect, it } from 'vitest'
import { judgeMrz } from '../../src/mrz/index.ts'
import { UNCALIBRATED } from '../../src/mrz/network/calibration.ts'
import { decodeEvidence } from '../../src/mrz/network/decode-evidence.ts'
import { type Doubts, evidenceOf } from './network/cells.ts'
import { AT, NAME_LINE, NUMBER_LINE, replaced } from './specimen.ts'

const judge = (lines: readonly string[], doubts: readonly Doubts[] = [], isWhole = true) =>
  judgeMrz(decodeEvidence({ ...evidenceOf(lines, doubts), isWhole }, UNCALIBRATED)!, AT)

describe('judgement', () => {
  it('accepts a sure and valid reading', () => {
    expect(judge([NAME_LINE, NUMBER_LINE])).toMatchObject({ found: true, valid: true, accepted: true, corrections: [] })
  })

  it.each([
    ['a check digit fails', [NAME_LINE, replaced(NUMBER_LINE, 9, '4')]],
    ['one character of a name is doubtful', [NAME_LINE, NUMBER_LINE], [{ 6: { P: 0.5 } }]],
    [
      'many are a little doubtful',
      [NAME_LINE, NUMBER_LINE],
      [Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i + 5, { B: 4 }]))],
    ],
    ['it may be a visa or a passport', [NAME_LINE.replace(/^P/, 'V'), NUMBER_LINE], [{ 0: { P: 0.1 } }]],
    ['it had to be repaired', [NAME_LINE, replaced(NUMBER_LINE, 2, 'B')], [{}, { 1: { 8: 1 } }]],
    ['a date is none', [NAME_LINE, 'L898902C36UTO7413129F1204159ZE184226B<<<<<10']],
    ['a name holds what no name holds', [NAME_LINE.replace('ANNA', 'AN3A'), NUMBER_LINE]],
  ] as [string, string[], Doubts[]?][])('does not accept when %s, but returns the parts', (_, lines, doubts) => {
    const reading = judge(lines, doubts)
    expect(reading).toMatchObject({ found: true, accepted: false })
    expect(reading.document.surname).toBe('ERIKSSON')
  })

  it('names the fields that are doubtful, and how sure the others are', () => {
    const { confidences, doubtful } = judge([NAME_LINE, replaced(NUMBER_LINE, 14, '8')], [{ 6: { P: 0.5 } }])
    expect(doubtful.toSorted()).toEqual(['dateOfBirth', 'surname'])
    expect(confidences.surname).toBeLessThan(0.7)
    expect(confidences.documentNumber).toBeGreaterThan(0.99)
  })

  it('takes a reading that is sure of every character for that of a defective document', () => {
    const lines = [NAME_LINE, replaced(NUMBER_LINE, 14, '8')]
    expect(judge(lines)).toMatchObject({ valid: false, accepted: false })
    expect(judge(lines).confidence).toBeGreaterThan(0.9)
    expect(judge(lines, [{ 6: { P: 2 } }]).confidence).toBeLessThan(0.3)
  })

  it('does not accept lines that may go on beyond what was seen', () => {
    expect(judge([NAME_LINE, NUMBER_LINE], [], false)).toMatchObject({ found: true, accepted: false })
  })
})
