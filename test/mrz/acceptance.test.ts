import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeMrz, MRZ_LAYOUTS, type MrzFormat, writeMrz } from '../../src/mrz/index.ts'
import { UNCALIBRATED } from '../../src/mrz/network/calibration.ts'
import { decodeEvidence } from '../../src/mrz/network/decode-evidence.ts'
import { CASES, characters, documents } from './documents.ts'
import { evidenceOf } from './network/cells.ts'
import { AT, replaced } from './specimen.ts'

/**
 * A reader that takes one character for another and is not wholly sure of it: whatever check digits make of that, what is
 * accepted is what is printed. So it is for changes that no check digit notices, by ten, as of A and K.
 */
describe.each(Object.keys(MRZ_LAYOUTS) as MrzFormat[])('%s: one misread character', (format) => {
  const { lines: rows, columns } = MRZ_LAYOUTS[format]

  it('is repaired or not accepted', () => {
    const cell = fc.record({ line: fc.nat({ max: rows - 1 }), column: fc.integer({ min: 1, max: columns }) })
    const odds = fc.double({ min: 0, max: 2.5, noNaN: true })
    fc.assert(
      fc.property(documents(format), cell, characters(1, 1), odds, (document, { line, column }, wrong, doubt) => {
        const printed = writeMrz(document)
        const right = printed[line]![column - 1]!
        const misread = printed.with(line, replaced(printed[line]!, column, wrong))
        const doubts = printed.map((_, row) => (row === line ? { [column - 1]: { [right]: doubt } } : {}))
        fc.pre(right !== wrong)
        const reading = judgeMrz(decodeEvidence(evidenceOf(misread, doubts), UNCALIBRATED)!, AT)
        if (reading.accepted) expect(reading.lines).toEqual(printed)
      }),
      { numRuns: Math.ceil(CASES / 200) },
    )
  })
})
