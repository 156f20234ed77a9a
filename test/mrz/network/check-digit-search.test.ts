import { describe, expect, it } from 'vitest'
import { searchByCheckDigits } from '../../../src/mrz/network/check-digit-search.ts'
import { chooseFormat } from '../../../src/mrz/network/choose-format.ts'
import { confidenceOf } from '../../../src/mrz/network/confidence.ts'
import { cellsOf } from './cells.ts'

// ICAO 9303-4, appendix A.
const FIRST = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'
const SECOND = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'

const read = (second: string, doubts: Parameters<typeof cellsOf>[1] = {}) =>
  chooseFormat([cellsOf(FIRST), cellsOf(second, doubts)])!
const replaced = (column: number, character: string) => SECOND.slice(0, column - 1) + character + SECOND.slice(column)

describe('searching by check digits', () => {
  it('leaves a valid reading as it is', () => {
    const checked = searchByCheckDigits(read(SECOND, { 1: { B: 0.1 } }))
    expect(checked).toMatchObject({ lines: [FIRST, SECOND], corrections: [], valid: true })
  })

  it('repairs a doubtful character and says which check digit justified it', () => {
    const checked = searchByCheckDigits(read(replaced(2, 'B'), { 1: { 8: 1 } }))
    expect(checked.lines[1]).toBe(SECOND)
    expect(checked.valid).toBe(true)
    expect(checked.corrections).toEqual([
      { line: 2, column: 2, read: 'B', repaired: '8', because: 'documentNumber check digit' },
    ])
  })

  it('leaves what was plainly printed, though a check digit fails', () => {
    const wrong = replaced(14, '8')
    const checked = searchByCheckDigits(read(wrong, { 13: { 7: 6 } }))
    expect(checked).toMatchObject({ lines: [FIRST, wrong], corrections: [], valid: false })
  })

  it('takes neither of two repairs that are equally likely', () => {
    // 8 for B in the second place or 6 for 9 in the fifth: both stand at weight 3, and both take 9 from the sum.
    const wrong = replaced(2, 'B')
    const checked = searchByCheckDigits(read(wrong, { 1: { 8: 1 }, 4: { 6: 1 } }))
    expect(checked).toMatchObject({ lines: [FIRST, wrong], corrections: [], valid: false })
  })

  it('never calls a wrong digit valid that was read without a doubt', () => {
    for (let column = 1; column <= 28; column++) {
      const digit = SECOND[column - 1]!
      if (!/\d/.test(digit)) continue
      const other = String((Number(digit) + 1 + (column % 8)) % 10)
      expect(searchByCheckDigits(read(replaced(column, other))).valid).toBe(false)
    }
  })

  it('is surer of what check digits cover than of a name', () => {
    const doubtful = chooseFormat([cellsOf(FIRST, { 5: { F: 2 } }), cellsOf(SECOND, { 2: { 8: 2 } })])!
    const { characters } = confidenceOf(doubtful, searchByCheckDigits(doubtful), true)
    expect(characters[0]![5]!).toBeLessThan(0.9)
    expect(characters[1]![2]!).toBeGreaterThan(0.95)
  })
})

describe('choosing the format', () => {
  it('tells a visa from a passport, and the French card from a TD2', () => {
    const visa = chooseFormat([cellsOf(FIRST.replace('P', 'V')), cellsOf(SECOND)])
    expect(visa?.layout.format).toBe('MRV-A')
    expect(read(SECOND).layout.format).toBe('TD3')
    const french = chooseFormat([
      cellsOf('IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<'),
      cellsOf('880692310285CORINNE<<<<<<<6512068F6<'),
    ])
    expect(french?.layout.format).toBe('FRID')
  })

  it('lets the field decide between letters and digits that look alike', () => {
    const read = chooseFormat([cellsOf(FIRST.replace('UTO', 'UT0'), { 4: { O: 1 } }), cellsOf(SECOND)])
    expect(read?.lines[0]).toBe(FIRST)
  })
})
