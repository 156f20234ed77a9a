import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCells, pacingOf } from '../../../src/mrz/network/decode-cells.ts'
import { CHARACTERS } from '../../../src/mrz/network/recognise-line.ts'
import { framesOf, textOf } from './cells.ts'

const text = (length: number) =>
  fc.array(fc.constantFrom(...CHARACTERS), { minLength: length, maxLength: length }).map((all) => all.join(''))
const FRAMES = { 30: 136, 36: 160, 44: 192 } as const

describe('decoding a line into cells', () => {
  it.each([30, 36, 44] as const)('reads every line of %i characters, at whatever pace it was printed', (columns) => {
    const pace = fc.record({
      start: fc.double({ min: 6.5, max: 12.5, noNaN: true }),
      stretch: fc.double({ min: -0.12, max: 0.12, noNaN: true }),
    })
    fc.assert(
      fc.property(text(columns), pace, (line, { start, stretch }) => {
        const frames = framesOf(line, FRAMES[columns], (cell) => start + cell * (4 + stretch))
        expect(textOf(decodeCells(frames, columns))).toBe(line)
      }),
      { numRuns: 25 },
    )
  })

  it('scores the right number of cells above a wrong one', () => {
    const line = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'
    const frames = framesOf(line, FRAMES[44], (cell) => 9.5 + 4 * cell)
    expect(decodeCells(frames, 44).score).toBeGreaterThan(decodeCells(frames, 36).score + 0.1)
  })

  it('measures where the cells stand', () => {
    const line = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<'
    const even = pacingOf(
      decodeCells(
        framesOf(line, FRAMES[36], (cell) => 9.5 + 4 * cell),
        36,
      ),
    )
    expect(Math.abs(even.shift) + Math.abs(even.stretch) + Math.abs(even.bend)).toBeLessThan(0.1)
    const late = pacingOf(
      decodeCells(
        framesOf(line, FRAMES[36], (cell) => 11.5 + 4 * cell),
        36,
      ),
    )
    expect(late.shift).toBeCloseTo(0.5, 1)
  })
})
