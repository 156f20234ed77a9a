import { describe, expect, test } from 'vitest'
import { encodeTlv, openDer } from '../../src/chip/der/index.ts'
import { STRICT, TOLERANT, verifyChip } from '../../src/chip/index.ts'
import { certificate, keyIdentifierOf, name, respelled, signerExtensions } from './issuing/certificates.ts'
import { explicit, indefinite, integer, octets, oid, seq, set, utf8 } from './issuing/der.ts'
import { ecdsa, ecKey } from './issuing/keys.ts'
import { attribute, byIssuer, byKey, ldsSecurityObject, MASTER_LIST } from './issuing/messages.ts'
import { CSCA, DSC, DSC_SERIAL, dg1, P256, P384, type PassportOptions, passport } from './issuing/passport.ts'
import { AT, objections, oddities, openTrust, report, verified } from './judging.ts'

const GROUPS = new Map([[1, dg1()]])
const reversed = (row: Uint8Array[]) => [...row.sort(Buffer.compare)].reverse()

describe('CMS as it occurs is accepted, and its oddities are told', () => {
  test.each<[string, PassportOptions, string[]]>([
    ['as the standard has it', {}, []],
    ['signer by key identifier', { message: { identifier: byKey(keyIdentifierOf(P256)) } }, []],
    [
      'an issuer spelt otherwise',
      { message: { identifier: byIssuer(respelled(CSCA), DSC_SERIAL) } },
      ['sid-dn-normalised-match'],
    ],
    [
      'an identifier that matches nothing',
      { message: { identifier: byIssuer(name('Nobody'), 1) } },
      ['sid-mismatch-single-cert'],
    ],
    ['the content type of Belgium', { message: { contentType: '1.3.27.1.1.1' } }, ['econtent-type-legacy']],
    [
      'the content type of the Netherlands',
      { message: { contentType: '1.2.528.1.1006.1.20.1' } },
      ['econtent-type-legacy'],
    ],
    ['id-data', { message: { contentType: '1.2.840.113549.1.7.1' } }, ['econtent-type-id-data']],
    ['no signed attributes', { message: { unsigned: true } }, ['no-signed-attrs']],
    ['unsorted attributes, signed unsorted', { message: { attributes: reversed } }, ['signed-attrs-not-der']],
    ['unsorted attributes, signed sorted', { message: { written: reversed } }, ['signed-attrs-not-der']],
    ['no signing time', { message: { signingTime: undefined } }, []],
    ['a signing time to come', { message: { signingTime: '2024-12-01' } }, ['signing-time-in-future']],
    ['zeros behind it', { sod: (file) => Buffer.concat([file, Buffer.alloc(300)]) }, ['trailing-bytes']],
    [
      'a string in segments',
      {
        message: {
          encapsulated: (content) => encodeTlv(0x24, octets(content.subarray(0, 9)), octets(content.subarray(9))),
        },
      },
      ['ber-encoding'],
    ],
    ['an indefinite length', { sod: (file) => indefinite(0x77, file.subarray(4)) }, ['ber-encoding']],
    [
      'attributes in BER, signed in DER',
      {
        message: {
          written: (row) =>
            row.map((attribute) => Buffer.concat([Buffer.of(0x30, 0x81, attribute[1]!), attribute.subarray(2)])),
        },
      },
      ['ber-encoding', 'signed-attrs-not-der'],
    ],
    [
      'attributes of indefinite length, their digest in segments, signed in DER',
      {
        message: {
          written: (row) =>
            row.map((one) => {
              const [type, values] = openDer(one, 'attribute').children()
              const [value] = values!.children()
              if (value!.tag !== 4) return indefinite(0x30, type!.encoding, indefinite(0x31, value!.encoding))
              const half = value!.value.length / 2
              const segments = [octets(value!.value.subarray(0, half)), octets(value!.value.subarray(half))]
              return seq(type!.encoding, set(encodeTlv(0x24, ...segments)))
            }),
        },
      },
      ['ber-encoding', 'signed-attrs-not-der'],
    ],
    [
      'a list of hashes in BER',
      { message: { content: indefinite(0x30, ldsSecurityObject('sha256', GROUPS).subarray(2)) } },
      ['ber-encoding'],
    ],
    [
      'a signing time that is none',
      {
        message: {
          attributes: (row) =>
            [row[0]!, row[1]!, attribute('1.2.840.113549.1.9.5', encodeTlv(0x17, Buffer.from('soon')))].sort(
              Buffer.compare,
            ),
        },
      },
      ['signing-time-malformed'],
    ],
    [
      'a signing time without seconds and with an offset',
      {
        message: {
          attributes: (row) =>
            [row[0]!, row[1]!, attribute('1.2.840.113549.1.9.5', encodeTlv(0x17, Buffer.from('2403010000+0100')))].sort(
              Buffer.compare,
            ),
        },
      },
      [],
    ],
    [
      'an unknown signed attribute',
      { message: { attributes: (row) => [...row, attribute('1.2.3.4', utf8('x'))].sort(Buffer.compare) } },
      [],
    ],
  ])('%s', (_, options, deviations) => {
    const judged = report(options)
    expect(objections(judged)).toEqual([])
    expect(oddities(judged)).toEqual(deviations)
  })

  test('a signer without any key in its certificate is refused, however it is named and whatever is tolerated', () => {
    for (const publicKey of [seq(), seq(seq()), seq(seq(oid('1.2.840.10045.2.1')))]) {
      const keyless = { dscKey: { ...P256, publicKey }, signer: { extensions: [] } }
      for (const identifier of [byIssuer(name(CSCA), DSC_SERIAL), byKey(keyIdentifierOf(P256))]) {
        const { files, trust } = passport({ ...keyless, message: { identifier } })
        for (const tolerances of [STRICT, TOLERANT]) {
          const { checks } = verifyChip({ files }, openTrust(trust), AT, tolerances)
          expect(checks['chip.sodSignature']).toMatchObject({ status: 'failed' })
          expect(checks['chip.sodSignature'].code).not.toBe('internal')
        }
      }
    }
  })

  test('a signer’s key identifier of any length', () => {
    const identifier = Buffer.alloc(32, 7)
    const extensions = [seq(oid('2.5.29.14'), octets(octets(identifier))), ...signerExtensions(P256, P384).slice(1)]
    expect(objections(report({ signer: { extensions }, message: { identifier: byKey(identifier) } }))).toEqual([])
  })

  test('a document signer that only the trust folder knows', () => {
    const issued = passport({ message: { certificates: [] } })
    expect(objections(verified(issued))).toContain('sodSignature/signer-certificate-missing')
    const judged = verified({ ...issued, trust: { ...issued.trust, 'certificates/dsc.cer': issued.dsc } })
    expect(objections(judged)).toEqual([])
    expect(oddities(judged)).toEqual(['dsc-not-embedded'])
  })

  test('data groups read at their fixed size', () => {
    const issued = passport()
    const padded = Buffer.concat([issued.files.DG1!, Buffer.alloc(64)])
    const judged = verified({ ...issued, files: { ...issued.files, DG1: padded } })
    expect(objections(judged)).toEqual([])
    expect(oddities(judged)).toEqual(['trailing-bytes'])
  })

  test('zeros behind a data group that were hashed with it', () => {
    const judged = report({ groups: new Map([[1, Buffer.concat([dg1(), Buffer.alloc(16)])]]) })
    expect(objections(judged)).toEqual([])
    expect(oddities(judged)).toEqual(['trailing-bytes'])
  })

  test('data groups that are listed but were not read', () => {
    const issued = passport({
      groups: new Map([
        [1, dg1()],
        [3, Buffer.of(0x63, 0)],
      ]),
    })
    const { DG3, ...files } = issued.files
    expect(DG3).toBeDefined()
    const judged = verified({ ...issued, files })
    expect(objections(judged)).toEqual([])
    expect(judged.checks['chip.dataGroupHashes'].evidence.notRead).toEqual([3])
  })
})

describe('what RFC 5652 and ICAO 9303-10 forbid is refused', () => {
  test.each<[string, PassportOptions, string]>([
    ['no signer', { message: { signers: () => [] } }, 'sodSignature/signer-info-count'],
    ['two signers', { message: { signers: (info) => [info, info] } }, 'sodSignature/signer-info-count'],
    [
      'another content type in the attributes',
      { message: { attributedType: MASTER_LIST } },
      'messageDigest/content-type-mismatch',
    ],
    [
      'a master list’s content type',
      { message: { contentType: MASTER_LIST } },
      'dataGroupHashes/content-type-unexpected',
    ],
    ['a wrong digest', { message: { digest: Buffer.alloc(32) } }, 'messageDigest/message-digest-mismatch'],
    ['no digest', { message: { attributes: (row) => [row[0]!] } }, 'messageDigest/message-digest-missing'],
    ['no content type', { message: { attributes: (row) => [row[1]!] } }, 'messageDigest/content-type-missing'],
    [
      'two digests',
      { message: { attributes: (row) => [...row, row[1]!] } },
      'messageDigest/signed-attribute-ambiguous',
    ],
    [
      'a digest with two values',
      {
        message: {
          attributes: (row) => [
            row[0]!,
            attribute('1.2.840.113549.1.9.4', octets(Buffer.alloc(32)), octets(Buffer.alloc(32))),
          ],
        },
      },
      'messageDigest/signed-attribute-ambiguous',
    ],
    [
      'a flipped signature',
      { message: { signature: (s) => s.map((octet, i) => (i === 20 ? octet ^ 1 : octet)) } },
      'sodSignature/signature-invalid',
    ],
    [
      'attributes dropped after signing',
      { message: { written: (row) => row.slice(1) } },
      'sodSignature/signature-invalid',
    ],
    [
      'a data group listed twice',
      { message: { content: ldsSecurityObject('sha256', GROUPS, [seq(integer(1), octets(Buffer.alloc(32)))]) } },
      'dataGroupHashes/data-group-duplicate',
    ],
    [
      'a short hash',
      { message: { content: ldsSecurityObject('sha256', GROUPS, [seq(integer(2), octets(Buffer.alloc(8)))]) } },
      'dataGroupHashes/data-group-hash-length',
    ],
    [
      'no data group',
      { message: { content: ldsSecurityObject('sha256', GROUPS, [seq(integer(0), octets(Buffer.alloc(32)))]) } },
      'dataGroupHashes/data-group-number',
    ],
    [
      'bytes behind the list of hashes',
      { message: { content: Buffer.concat([ldsSecurityObject('sha256', GROUPS), Buffer.of(0)]) } },
      'dataGroupHashes/der-trailing-bytes',
    ],
    [
      'data group 17',
      { message: { content: ldsSecurityObject('sha256', GROUPS, [seq(integer(17), octets(Buffer.alloc(32)))]) } },
      'dataGroupHashes/data-group-number',
    ],
    [
      'a data group that is not listed',
      { message: { content: ldsSecurityObject('sha256', new Map([[2, dg1()]])) } },
      'dataGroupHashes/data-group-not-listed',
    ],
    [
      'a data group that is another',
      { message: { content: ldsSecurityObject('sha256', new Map([[1, Buffer.of(1)]])) } },
      'dataGroupHashes/data-group-hash-mismatch',
    ],
    [
      'signed attributes passed off as content',
      { message: { content: set(seq()), unsigned: true } },
      'dataGroupHashes/lds-object-malformed',
    ],
    ['bytes behind it', { sod: (file) => Buffer.concat([file, Buffer.of(0, 1)]) }, 'structure/trailing-data'],
    [
      'an indefinite length without end',
      { sod: (file) => Buffer.concat([Buffer.of(0x77, 0x80), file.subarray(4)]) },
      'structure/der-unterminated',
    ],
    ['an empty file', { sod: () => Buffer.alloc(0) }, 'structure/der-truncated'],
    ['half a file', { sod: (file) => file.subarray(0, file.length / 2) }, 'structure/der-truncated'],
  ])('%s', (_, options, objection) => {
    expect(objections(report(options))).toContain(objection)
  })

  test('another’s certificate beside the right one does not help an identifier that matches nothing', () => {
    const other = certificate({ subject: name(DSC), key: P256, issuer: name(CSCA), issuerKey: P384, serial: 5 })
    const { dsc } = passport()
    const judged = report({ message: { identifier: byIssuer(name('Nobody'), 1), certificates: [dsc, other] } })
    expect(objections(judged)).toContain('sodSignature/signer-identifier-mismatch')
  })

  test('a signature by another key than the signer’s', () => {
    const judged = report({ message: { key: ecKey('prime256v1', ecdsa('sha256')) } })
    expect(objections(judged)).toEqual(['sodSignature/signature-invalid'])
  })

  test('deep nesting and lying lengths end at a named limit', () => {
    let deep = Buffer.alloc(0)
    for (let i = 0; i < 200; i++) deep = Buffer.from(encodeTlv(0x30, deep))
    expect(objections(report({ sod: () => encodeTlv(0x77, explicit(0, deep)) }))).toContain(
      'structure/signed-data-malformed',
    )
    const unending = Buffer.concat([Buffer.of(0x77, 0x80), Buffer.alloc(20_000, Buffer.of(0x30, 0x80))])
    expect(objections(report({ sod: () => unending }))).toContain('structure/der-too-deep')
    expect(objections(report({ sod: () => Buffer.of(0x77, 0x84, 0xff, 0xff, 0xff, 0xff) }))).toContain(
      'structure/der-truncated',
    )
  })
})
