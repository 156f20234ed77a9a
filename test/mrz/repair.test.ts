import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeMrz, type MrzReading, mrzLayout, parseMrz, repairMrz } from '../../src/mrz/index.ts'

const AT = new Date('2026-11-25T00:00:00Z')
const NAME = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'
const TRUE_LINES = [NAME, 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']

/** Lines as a reader saw them: sure of everything but the columns (from 1) of the second line that are given. */
function seen(second: string, doubtful: Readonly<Record<number, number>> = {}, name = NAME) {
  const confidences = [name, second].map((line) => [...line].map(() => 0.9999))
  for (const [column, confidence] of Object.entries(doubtful)) confidences[1]![Number(column) - 1] = confidence
  const lines = [name, second]
  return { lines, confidences, layout: mrzLayout(lines)! }
}

function repaired(second: string, doubtful: Readonly<Record<number, number>> = {}, name = NAME) {
  const { lines, confidences, layout } = seen(second, doubtful, name)
  return repairMrz(lines, confidences, layout)
}

describe('repair', () => {
  it('exchanges a doubtful look-alike where the check digit comes to hold, and says why', () => {
    expect(repaired('L8989O2C36UTO7408122F1204159ZE184226B<<<<<10', { 6: 0.6 })).toEqual({
      lines: TRUE_LINES,
      corrections: [{ line: 2, column: 6, read: 'O', repaired: '0', because: 'documentNumber check digit' }],
    })
  })

  it('needs no doubt where a letter cannot stand', () => {
    const { lines, corrections } = repaired('L898902C36UTO74O8I22F12O4159ZE184226B<<<<<10')
    expect(lines).toEqual(TRUE_LINES)
    expect(corrections.map(({ column, because }) => [column, because])).toEqual([
      [16, 'dateOfBirth check digit'],
      [18, 'dateOfBirth check digit'],
      [24, 'dateOfExpiry check digit'],
    ])
  })

  it('repairs a misread check digit', () => {
    expect(repaired('L898902C36UTO7408122F1204159ZE184226B<<<<<I0').lines).toEqual(TRUE_LINES)
  })

  it('leaves a letter O alone where it is right', () => {
    const lines = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'OO0O0O00O6UTO7408122F1204159<<<<<<<<<<<<<<00']
    expect(parseMrz(lines, AT).checkDigits.documentNumber).toBe(true)
    expect(repaired(lines[1]!, { 1: 0.3, 2: 0.3, 3: 0.3 }).lines[1]!.slice(0, 10)).toBe('OO0O0O00O6')
  })

  it('takes digits in names for letters', () => {
    const { lines, corrections } = repaired(TRUE_LINES[1]!, {}, NAME.replace('SSON', '5S0N'))
    expect(lines).toEqual(TRUE_LINES)
    expect(corrections.every(({ because }) => because === 'letters only')).toBe(true)
  })

  it.each([
    ['the reader was sure of every character', 'L8989O2C36UTO7408122F1204159ZE184226B<<<<<10', {}],
    ['two repairs are as good as one another', '8BBISS0OO1UTO7408122F1204159ZE184226B<<<<<10', { 3: 0.6, 6: 0.6 }],
    ['no look-alike makes it hold', 'L898902C36UTO7438122F1204159ZE184226B<<<<<10', { 17: 0.5 }],
  ])('changes nothing when %s', (_, second, doubtful) => {
    expect(repaired(second, doubtful)).toEqual({ lines: [NAME, second], corrections: [] })
  })

  it('never invents validity from characters that the reader was sure of', () => {
    const wrong = fc.record({
      column: fc.nat({ max: 27 }),
      character: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
    })
    fc.assert(
      fc.property(fc.array(wrong, { minLength: 1, maxLength: 3 }), (errors) => {
        const characters = [...TRUE_LINES[1]!]
        for (const { column, character } of errors) characters[column] = character
        const read = characters.join('')
        const { lines, corrections } = repaired(read)
        for (const { column, because } of corrections) {
          if (because === 'letters only') continue
          // What was changed could not stand where it was read.
          expect(column === 10 || (column > 13 && column <= 20) || (column > 21 && column <= 28)).toBe(true)
          expect(read[column - 1]).toMatch(/[A-Z]/)
        }
        expect(lines).toHaveLength(2)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('judgement', () => {
  const judge = (second: string, doubtful = {}, name = NAME) => judgeMrz(seen(second, doubtful, name), AT) as MrzReading

  it('accepts a sure and valid reading', () => {
    expect(judge(TRUE_LINES[1]!)).toMatchObject({ found: true, valid: true, accepted: true, corrections: [] })
  })

  it.each([
    ['a check digit fails', 'L898902C46UTO7408122F1204159ZE184226B<<<<<10', {}, NAME],
    ['one character is doubtful', TRUE_LINES[1]!, { 30: 0.5 }, NAME],
    [
      'many are a little doubtful',
      TRUE_LINES[1]!,
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i + 1, 0.98])),
      NAME,
    ],
    ['it had to be repaired', 'L898902C36UTO74O8122F1204159ZE184226B<<<<<10', {}, NAME],
    ['a date is none', 'L898902C36UTO7413129F1204159ZE184226B<<<<<10', {}, NAME],
    ['a name holds what no name holds', TRUE_LINES[1]!, {}, NAME.replace('ANNA', 'AN3A')],
  ])('does not accept when %s, but returns the parts', (_, second, doubtful, name) => {
    const reading = judge(second, doubtful, name)
    expect(reading).toMatchObject({ found: true, accepted: false })
    expect(reading.document.surname).toBe('ERIKSSON')
  })

  it('says so when the lines are no MRZ', () => {
    const { confidences } = seen(TRUE_LINES[1]!)
    expect(judgeMrz({ lines: ['ABC', 'DEF'], confidences }, AT)).toEqual({ found: false, reason: 'mrz-format-unknown' })
  })
})
