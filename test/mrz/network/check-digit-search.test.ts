import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UNCALIBRATED } from '../../../src/mrz/network/calibration.ts'
import { searchByCheckDigits } from '../../../src/mrz/network/check-digit-search.ts'
import { chooseFormat } from '../../../src/mrz/network/choose-format.ts'
import { decodeEvidence } from '../../../src/mrz/network/decode-evidence.ts'
import { CHARACTERS } from '../../../src/mrz/network/recognise-line.ts'
import { NAME_LINE, NUMBER_LINE, replaced } from '../specimen.ts'
import { type Doubts, evidenceOf } from './cells.ts'

const read = (second: string, doubts: Doubts = {}) => chooseFormat(evidenceOf([NAME_LINE, second], [{}, doubts]))!

describe('searching by check digits', () => {
  it('leaves a valid reading as it is', () => {
    const checked = searchByCheckDigits(read(NUMBER_LINE, { 1: { B: 0.1 } }))
    expect(checked).toMatchObject({ lines: [NAME_LINE, NUMBER_LINE], corrections: [], valid: true })
  })

  it('repairs a doubtful character and says which check digit justified it', () => {
    const checked = searchByCheckDigits(read(replaced(NUMBER_LINE, 2, 'B'), { 1: { 8: 1 } }))
    expect(checked.lines[1]).toBe(NUMBER_LINE)
    expect(checked.valid).toBe(true)
    expect(checked.corrections).toEqual([
      { line: 2, column: 2, read: 'B', repaired: '8', because: 'documentNumber check digit' },
    ])
  })

  it('leaves what was plainly printed, though a check digit fails', () => {
    const wrong = replaced(NUMBER_LINE, 14, '8')
    const checked = searchByCheckDigits(read(wrong, { 13: { 7: 6 } }))
    expect(checked).toMatchObject({ lines: [NAME_LINE, wrong], corrections: [], valid: false })
  })

  it('takes neither of two repairs that are equally likely', () => {
    // 8 for B in the second place or 6 for 9 in the fifth: both stand at weight 3, and both take 9 from the sum.
    const wrong = replaced(NUMBER_LINE, 2, 'B')
    const checked = searchByCheckDigits(read(wrong, { 1: { 8: 1 }, 4: { 6: 1 } }))
    expect(checked).toMatchObject({ lines: [NAME_LINE, wrong], corrections: [], valid: false })
  })

  it('takes a digit rather than a letter that looks like it, which issuers avoid in numbers', () => {
    // 0 for D in the sixth place and J for 9 in the fourth both make the check digit hold, and are about as likely to see.
    const checked = searchByCheckDigits(read(replaced(NUMBER_LINE, 6, 'D'), { 5: { 0: 2.5 }, 3: { J: 3 } }))
    expect(checked.lines[1]).toBe(NUMBER_LINE)
  })

  it('leaves a letter O alone where it is right', () => {
    const second = 'OO0O0O00O6UTO7408122F1204159<<<<<<<<<<<<<<00'
    const checked = searchByCheckDigits(read(second, { 0: { 0: 0.2 }, 1: { 0: 0.2 }, 2: { O: 0.2 } }))
    expect(checked.lines[1]!.slice(0, 10)).toBe('OO0O0O00O6')
  })

  it('never invents validity from characters that were read without a doubt', () => {
    const wrong = fc.record({ column: fc.integer({ min: 1, max: 28 }), character: fc.constantFrom(...CHARACTERS) })
    fc.assert(
      fc.property(fc.array(wrong, { minLength: 1, maxLength: 3 }), (errors) => {
        const misread = errors.reduce((line, { column, character }) => replaced(line, column, character), NUMBER_LINE)
        for (const { column, read: seen } of searchByCheckDigits(read(misread)).corrections) {
          // What was changed could not stand where it was read: a letter in a date, a digit or a wrong letter elsewhere.
          const isDigits = (column > 13 && column < 21) || column > 21 || column === 10
          expect(seen).toMatch(isDigits ? /[A-Z]/ : column === 21 ? /[^FMX<]/ : /\d/)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('is surer of what check digits cover than of a name', () => {
    const evidence = evidenceOf([NAME_LINE, NUMBER_LINE], [{ 5: { F: 2 } }, { 2: { 8: 2 } }])
    const { characters } = decodeEvidence(evidence, UNCALIBRATED)!
    expect(characters[0]![5]!).toBeLessThan(0.9)
    expect(characters[1]![2]!).toBeGreaterThan(0.95)
  })
})

describe('choosing the format', () => {
  it('tells a visa from a passport, and the French card from a TD2', () => {
    const visa = chooseFormat(evidenceOf([NAME_LINE.replace('P', 'V'), NUMBER_LINE]))
    expect(visa?.layout.format).toBe('MRV-A')
    expect(read(NUMBER_LINE).layout.format).toBe('TD3')
    const french = chooseFormat(
      evidenceOf(['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '880692310285CORINNE<<<<<<<6512068F6<']),
    )
    expect(french?.layout.format).toBe('FRID')
  })

  it('lets the field decide between letters and digits that look alike', () => {
    const read = chooseFormat(evidenceOf([NAME_LINE.replace('UTO', 'UT0'), NUMBER_LINE], [{ 4: { O: 1 } }]))
    expect(read?.lines[0]).toBe(NAME_LINE)
  })
})
