import { describe, expect, it } from 'vitest'
import { compareEfCom, detailsOf, readDataGroups } from '../../../src/chip/lds/index.ts'
import { count, element } from './chip-files.ts'

const TD3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10']
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6']
const TD1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<']

const dg1 = (lines: readonly string[]) => element(0x61, element(0x5f1f, lines.join('')))
const codes = (groups: ReturnType<typeof readDataGroups>) => groups.deviations.map(({ code }) => code)

describe('DG1', () => {
  it.each([
    ['TD1', TD1],
    ['TD2', TD2],
    ['TD3', TD3],
  ])('cuts the MRZ of a %s document into its lines', (format, lines) => {
    const groups = readDataGroups({ DG1: dg1(lines) })
    expect(groups).toEqual({ dg1: { format, lines }, damaged: [], deviations: [] })
  })

  it('notes check digits that do not hold, by field', () => {
    const wrong = [TD3[0]!, TD3[1]!.replace('740812', '740813')]
    expect(readDataGroups({ DG1: dg1(wrong) }).deviations).toEqual([
      { code: 'mrz-check-digit', where: 'DG1', evidence: { fields: ['dateOfBirth', 'composite'] } },
    ])
  })

  it('knows document numbers that go on in the optional data, and an optional field without its digit', () => {
    const long = ['I<UTOD23145890<7349<<<<<<<<<<<', '3407127M9507122UTO<<<<<<<<<<<2', 'STEVENSON<<PETER<JOHN<<<<<<<<<']
    expect(codes(readDataGroups({ DG1: dg1(long) }))).toEqual([])
    const empty = ['P<UTOMUSTER<<A<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<8']
    expect(codes(readDataGroups({ DG1: dg1(empty) }))).toEqual([])
  })

  it.each([
    ['the length of no format', element(0x61, element(0x5f1f, 'P<UTO')), 'dg1-length'],
    ['unprintable characters', element(0x61, element(0x5f1f, '\u0007'.repeat(88))), 'dg1-character'],
    ['the tag of another file', element(0x62, element(0x5f1f, TD3.join(''))), 'lds-wrong-tag'],
    ['no bytes', Buffer.alloc(0), 'lds-empty-file'],
    ['data behind it', Buffer.concat([dg1(TD3), Buffer.of(0, 1)]), 'lds-trailing-data'],
    ['its end missing', dg1(TD3).subarray(0, 50), 'der-truncated'],
  ])('refuses a file with %s', (_, bytes, code) => {
    expect(readDataGroups({ DG1: bytes }).damaged.map((file) => file.code)).toEqual([code])
  })

  it('reads a file that was read at its allotted size, or is encoded as BER, and says so', () => {
    expect(codes(readDataGroups({ DG1: Buffer.concat([dg1(TD3), Buffer.alloc(40)]) }))).toEqual(['trailing-bytes'])
    const long = Buffer.concat([Buffer.of(0x61, 0x82, 0, 91), dg1(TD3).subarray(2)])
    const groups = readDataGroups({ DG1: long })
    expect([groups.dg1?.lines, codes(groups)]).toEqual([TD3, ['ber-encoding']])
  })
})

describe('EF.COM', () => {
  const com = (version: string, tags: string) =>
    element(0x60, element(0x5f01, version), element(0x5f36, '040000'), element(0x5c, Buffer.from(tags, 'hex')))

  it('states versions and data groups', () => {
    const groups = readDataGroups({ EF_COM: com('0107', '61756e6f') })
    expect(groups.com).toEqual({ ldsVersion: '1.7', unicodeVersion: '4.0.0', dataGroups: [1, 2, 14, 15] })
  })

  it('is compared with what EF.SOD signs', () => {
    const { com: data } = readDataGroups({ EF_COM: com('0107', '6175') })
    expect(compareEfCom(data!, { dataGroups: [2, 1] })).toEqual([])
    expect(compareEfCom(data!, { ldsVersion: '1.8', dataGroups: [1, 2, 14] }).map(({ code }) => code)).toEqual([
      'com-lds-version-mismatch',
      'com-dg-list-mismatch',
    ])
  })

  it('notes tags that belong to no data group and refuses versions that are no digits', () => {
    expect(codes(readDataGroups({ EF_COM: com('0107', '61757561ff') }))).toEqual([
      'com-repeated-tag',
      'com-unknown-tag',
    ])
    expect(readDataGroups({ EF_COM: com('01.7', '6175') }).damaged[0]?.code).toBe('com-version')
  })
})

describe('DG11', () => {
  it('gives names, dates and places in the characters of the issuer', () => {
    const groups = readDataGroups({
      DG11: element(
        0x6b,
        element(0x5c, Buffer.from('5f0ea05f105f2b5f115f425f175f18', 'hex')),
        element(0x5f0e, 'MÜLLER<LÜDENSCHEIDT<<JÖRG<UWE<<<'),
        element(0xa0, count(2), element(0x5f0f, 'ΠΑΠΠΑΣ<<ΝΙΚΟΣ'), element(0x5f0f, 'NICK')),
        element(0x5f10, 'ID<4711<<<'),
        element(0x5f2b, '19520000'),
        element(0x5f11, 'ŁÓDŹ<POLSKA'),
        element(0x5f42, ''),
        element(0x5f17, 'A1<B2'),
        element(0x5f18, 'none'),
      ),
    })
    expect(groups.deviations).toEqual([])
    expect(detailsOf(groups).dg11).toEqual({
      name: { primary: 'MÜLLER LÜDENSCHEIDT', secondary: 'JÖRG UWE' },
      otherNames: [
        { primary: 'ΠΑΠΠΑΣ', secondary: 'ΝΙΚΟΣ' },
        { primary: 'NICK', secondary: '' },
      ],
      personalNumber: 'ID 4711',
      dateOfBirth: '1952-XX-XX',
      placeOfBirth: ['ŁÓDŹ', 'POLSKA'],
      otherDocumentNumbers: ['A1', 'B2'],
      custody: 'none',
    })
  })

  it.each([
    ['text in Latin-1', element(0x5f0e, Buffer.from('M\u00fcller', 'latin1')), '5f0e', 'dg11-text-not-utf8'],
    ['a date that does not exist', element(0x5f2b, '20230230'), '5f2b', 'dg11-date'],
    ['a tag that is announced and absent', element(0x5f0e, 'A'), '5f0e5f10', 'dg11-tag-list-mismatch'],
  ])('notes %s', (_, content, list, code) => {
    const dg11 = element(0x6b, element(0x5c, Buffer.from(list, 'hex')), content)
    expect(codes(readDataGroups({ DG11: dg11 }))).toEqual([code])
  })

  it('refuses a count of other names that lies, and endless texts', () => {
    const names = element(0x6b, element(0x5c, 0xa0), element(0xa0, count(100), element(0x5f0f, 'A')))
    expect(readDataGroups({ DG11: names }).damaged[0]?.code).toBe('lds-count')
    const text = element(0x6b, element(0x5c, Buffer.from('5f15', 'hex')), element(0x5f15, 'A'.repeat(5_000)))
    expect(readDataGroups({ DG11: text }).damaged[0]?.code).toBe('lds-text-too-long')
  })
})

describe('DG12, DG13, DG16', () => {
  it('reads dates as characters and as packed digits, and keeps pictures out of the details', () => {
    const dg12 = element(
      0x6c,
      element(0x5f19, 'UTOPIA<OFFICE'),
      element(0x5f26, Buffer.from('20240229', 'hex')),
      element(0x5f1d, Buffer.of(0xff, 0xd8)),
      element(0x5f55, '20240229123059'),
    )
    const groups = readDataGroups({ DG12: dg12, DG13: element(0x6d, Buffer.of(1, 2, 3)) })
    expect(detailsOf(groups)).toEqual({
      dg12: { issuingAuthority: 'UTOPIA OFFICE', dateOfIssue: '2024-02-29', personalisedAt: '2024-02-29T12:30:59' },
      dg13: { octets: 3 },
    })
    expect(groups.dg12?.front).toEqual(Buffer.of(0xff, 0xd8))
    expect(codes(groups)).toEqual(['dg12-tag-list-missing'])
  })

  it('reads persons to notify', () => {
    const person = element(
      0xa1,
      element(0x5f50, '20020101'),
      element(0x5f51, 'SMITH<<CHARLES<R'),
      element(0x5f52, '19525551212'),
      element(0x5f53, '123 MAPLE RD<ANYTOWN<MN'),
    )
    expect(readDataGroups({ DG16: element(0x70, count(1), person) }).dg16).toEqual([
      {
        recordedOn: '2002-01-01',
        name: { primary: 'SMITH', secondary: 'CHARLES R' },
        telephone: '19525551212',
        address: ['123 MAPLE RD', 'ANYTOWN', 'MN'],
      },
    ])
    expect(readDataGroups({ DG16: element(0x70, count(3), person) }).damaged[0]?.code).toBe('dg16-count')
  })
})

describe('EF.DIR and LDS2', () => {
  const application = (identifier: string) => element(0x61, element(0x4f, Buffer.from(identifier, 'hex')))
  const efDir = Buffer.concat(['a0000002471001', 'a0000002472001', 'a0000002472002'].map(application))

  it('names the applications of the chip', () => {
    const { dir, damaged, deviations } = readDataGroups({ EF_DIR: Buffer.concat([efDir, application('e828bd080f')]) })
    expect(damaged).toEqual([])
    expect(deviations).toEqual([])
    expect(dir).toEqual([
      { identifier: 'a0000002471001', name: 'passport' },
      { identifier: 'a0000002472001', name: 'travel-records' },
      { identifier: 'a0000002472002', name: 'visa-records' },
      { identifier: 'e828bd080f' },
    ])
  })

  it('recognises LDS2 in EF.DIR, and in the copies that DG14 and EF.CardSecurity hold', () => {
    const expected = ['travel-records', 'visa-records']
    expect(detailsOf(readDataGroups({ EF_DIR: efDir })).lds2).toEqual(expected)
    const info = element(0x30, element(0x06, Buffer.from('67810801010d', 'hex')), element(0x04, efDir))
    expect(detailsOf(readDataGroups({ DG14: element(0x6e, element(0x31, info)) })).lds2).toEqual(expected)
    const copy = { kind: 'ef-dir' as const, protocol: '2.23.136.1.1.13', content: efDir }
    expect(detailsOf(readDataGroups({}), [copy]).lds2).toEqual(expected)
    expect(detailsOf(readDataGroups({ EF_DIR: efDir }), [copy]).lds2).toEqual(expected)
  })

  it.each([
    ['an empty file', Buffer.alloc(0), 'lds-empty-file'],
    ['an application without its identifier', element(0x61, element(0x50, 'x')), 'dir-identifier'],
    ['an endless identifier', element(0x61, element(0x4f, Buffer.alloc(17))), 'dir-identifier'],
    ['something else', element(0x31), 'der-unexpected-tag'],
    ['bytes behind it', Buffer.concat([efDir, Buffer.of(0, 1)]), 'lds-trailing-data'],
    ['more applications than any chip has', Buffer.concat(Array.from({ length: 65 }, () => efDir)), 'dir-too-many'],
  ])('refuses %s', (_, file, code) => {
    expect(readDataGroups({ EF_DIR: file }).damaged).toMatchObject([{ file: 'EF_DIR', code }])
  })

  it('takes zeros behind it for the file’s fixed size', () => {
    const { dir, deviations } = readDataGroups({ EF_DIR: Buffer.concat([efDir, Buffer.alloc(9)]) })
    expect(dir).toHaveLength(3)
    expect(deviations).toEqual([{ code: 'trailing-bytes', where: 'EF_DIR', evidence: { octets: 9 } }])
  })
})
