import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detailsOf, readDataGroups } from '../../../src/chip/lds/index.ts'
import { biometricGroup, count, dg2Of, element, facialBlock, facialRecord, jp2, jpeg } from './chip-files.ts'

const SEEDS = {
  EF_COM: element(0x60, element(0x5f01, '0107'), element(0x5f36, '040000'), element(0x5c, Buffer.from('6175', 'hex'))),
  DG1: element(
    0x61,
    element(0x5f1f, 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10'),
  ),
  DG2: dg2Of(facialRecord({ picture: jp2(300, 400), featurePoints: 2 }, { picture: jpeg(30, 40), type: 0 })),
  DG5: element(0x65, count(1), element(0x5f40, jpeg(30, 40))),
  DG11: element(
    0x6b,
    element(0x5c, Buffer.from('5f0e5f2b', 'hex')),
    element(0x5f0e, 'A<<B'),
    element(0x5f2b, '19520101'),
  ),
  DG12: element(0x6c, element(0x5c, Buffer.from('5f26', 'hex')), element(0x5f26, '20240101')),
  DG14: element(
    0x6e,
    element(0x31, element(0x30, element(0x06, Buffer.from('678108010105', 'hex')), count(1), count(1))),
  ),
  DG16: element(0x70, count(1), element(0xa1, element(0x5f50, '20020101'), element(0x5f51, 'A<<B'))),
} as const
const NEW_FACE = biometricGroup(0x75, [element(0x7f2e, facialBlock(jp2(3, 4)))])

describe('a hostile chip', () => {
  it('never makes the reader throw, hang or fail by our own fault, whatever octets are changed', () => {
    const files = Object.entries({ ...SEEDS, DG2_NEW: NEW_FACE })
    const change = fc.record({ at: fc.nat(), octet: fc.integer({ min: 0, max: 255 }), cut: fc.boolean() })
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        ([name, seed], changes) => {
          let bytes = Buffer.from(seed)
          for (const { at, octet, cut } of changes) {
            if (cut && at % 5 === 0) bytes = bytes.subarray(0, at % (bytes.length + 1))
            else if (bytes.length > 0) bytes[at % bytes.length] = octet
          }
          const groups = readDataGroups({ [name.replace('_NEW', '')]: bytes })
          detailsOf(groups)
          expect(groups.damaged.map(({ code }) => code)).not.toContain('internal')
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('answers random octets within a millisecond of processor time on average', () => {
    const before = process.cpuUsage()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const groups = readDataGroups({ EF_COM: bytes, DG1: bytes, DG2: bytes, DG11: bytes, DG14: bytes, DG15: bytes })
        return groups.damaged.length === 6
      }),
      { numRuns: 1_000 },
    )
    const { user, system } = process.cpuUsage(before) // microseconds, for 1000 runs
    expect((user + system) / 1_000 / 1_000).toBeLessThan(1)
  })

  it('does not follow nesting or lengths beyond their limits', () => {
    const nested = Buffer.alloc(60_000, Buffer.of(0x30, 0x80))
    const groups = readDataGroups({ DG14: element(0x6e, nested), DG2: element(0x75, nested), DG16: nested })
    expect(groups.damaged).toHaveLength(3)
  })

  const LONG = Buffer.concat([SEEDS.DG1, Buffer.alloc(1024 * 1024)])
  const CROWDED = element(0x61, Buffer.from('3000'.repeat(30_000), 'hex'))

  it.each([
    ['a data group longer than any chip', { DG1: LONG }, 'lds-too-large'],
    ['an EF.DIR longer than any chip', { EF_DIR: LONG }, 'lds-too-large'],
    ['an EF.DIR of empty elements', { EF_DIR: CROWDED }, 'der-too-many-elements'],
  ])('is stopped early: %s', (_, files, code) => {
    expect(readDataGroups(files).damaged).toMatchObject([{ code }])
  })
})
