import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, MRZ_LAYOUTS, type MrzFormat, parseMrz, writeMrz } from '../../src/mrz/index.ts'
import { CASES, characters, documents } from './documents.ts'
import { AT } from './specimen.ts'

describe.each(Object.keys(MRZ_LAYOUTS) as MrzFormat[])('%s', (format) => {
  const layout = MRZ_LAYOUTS[format]

  it('reads back what it writes, with every check digit holding', () => {
    fc.assert(
      fc.property(documents(format), (document) => {
        const parse = parseMrz(writeMrz(document), AT)
        expect(parse.document).toEqual(document)
        expect(parse.valid).toBe(true)
      }),
      { numRuns: Math.ceil(CASES / 6) },
    )
  })

  it('notices a single changed character in any protected field, but for changes of ten', () => {
    const cells = layout.checkDigits.flatMap(({ at, over }) =>
      [at, ...over].flatMap(({ line, start, end }) =>
        Array.from({ length: end - start }, (_, i) => ({ line, column: start + i })),
      ),
    )
    fc.assert(
      fc.property(documents(format), fc.constantFrom(...cells), characters(1, 1), (document, cell, wrong) => {
        const lines = writeMrz(document)
        const right = lines[cell.line]![cell.column]!
        fc.pre(checkDigit(right) !== checkDigit(wrong))
        const row = lines[cell.line]!
        const changed = row.slice(0, cell.column) + wrong + row.slice(cell.column + 1)
        const { valid, doubts = [] } = parseMrz(lines.with(cell.line, changed), AT)
        expect(valid && !doubts.some((doubt) => doubt.endsWith('-convention'))).toBe(false)
      }),
      { numRuns: Math.ceil(CASES / 20) },
    )
  })
})

describe('any lines at all', () => {
  it('are read or refused with a typed fault', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 50 }),
      ...[30, 36, 44].map((n) => fc.string({ minLength: n, maxLength: n })),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        try {
          expect(typeof parseMrz(lines, AT).valid).toBe('boolean')
        } catch (error) {
          expect(error).toMatchObject({ code: 'mrz-format-unknown' })
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
