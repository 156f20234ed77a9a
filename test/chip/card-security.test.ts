import { describe, expect, test } from 'vitest'
import { encodeTlv } from '../../src/chip/der/index.ts'
import { type ChipEvidence, type ChipReport, verifyChip } from '../../src/chip/index.ts'
import { authority, certificate, name, revocationList, signerExtensions } from './issuing/certificates.ts'
import { integer, none, oid, seq, set } from './issuing/der.ts'
import { ecdsa, ecKey } from './issuing/keys.ts'
import { byIssuer } from './issuing/messages.ts'
import { cardSecurity, keyInfo, mappingKey, paceInfo, runPace } from './issuing/pace.ts'
import { CSCA, DSC_SERIAL, dg1, P384, passport } from './issuing/passport.ts'
import { AT, objections, openTrust } from './judging.ts'

const KEY = mappingKey()
const INFOS = [paceInfo(), keyInfo(KEY, 13)]
const RUN = runPace(KEY)
const FILE = cardSecurity(INFOS)
const GENERIC = seq(oid('0.4.0.127.0.7.2.2.4.2.2'), integer(2), integer(13))
const dg14 = (...infos: Uint8Array[]) => encodeTlv(0x6e, set(...infos))

const withCard = (file: Uint8Array, more: Partial<ChipEvidence> = {}, options: Parameters<typeof passport>[0] = {}) => {
  const { files, trust } = passport(options)
  const evidence = { chipAuthentication: RUN, ...more, files: { ...files, EF_CardSecurity: file, ...more.files } }
  return verifyChip(evidence, openTrust({ ...trust, ...options.trust }), AT)
}
/** No recording was made. */
const UNASKED = { chipAuthentication: undefined } as unknown as Partial<ChipEvidence>
const proof = ({ checks }: ChipReport) => {
  const { status, code, evidence } = checks['chip.chipAuthentication']
  return [`${status}/${code}`, ...(typeof evidence.because === 'string' ? [evidence.because] : [])].join(' ')
}
const codes = ({ deviations }: ChipReport) => deviations.map(({ code, where }) => `${where} ${code}`)

describe('PACE with chip authentication mapping counts', () => {
  test('with a key under an EF.CardSecurity that a document signer signed', () => {
    const report = withCard(FILE)
    expect(objections(report)).toEqual([])
    expect(proof(report)).toBe('passed/ok')
    expect(report.offersProof).toBe(true)
  })

  test('also where zeros follow the file, and beside a DG14 that offers the same', () => {
    const padded = Buffer.concat([FILE, Buffer.alloc(40)])
    const groups = new Map([
      [1, dg1()],
      [14, dg14(paceInfo())],
    ])
    const report = withCard(padded, { files: { EF_CardAccess: set(paceInfo()) } }, { groups })
    expect(objections(report)).toEqual([])
    expect(codes(report)).toEqual(['EF_CardSecurity trailing-bytes'])
  })

  test('not without EF.CardSecurity', () => {
    const { files, trust } = passport()
    expect(proof(verifyChip({ files, chipAuthentication: RUN }, openTrust(trust), AT))).toBe(
      'indeterminate/card-security-missing',
    )
  })

  test('not where DG14 offers other protocols: the file is of another chip', () => {
    const groups = new Map([
      [1, dg1()],
      [14, dg14(GENERIC)],
    ])
    expect(proof(withCard(FILE, {}, { groups }))).toBe('failed/cam-protocol-not-offered')
  })

  test('not with another chip’s key', () => {
    expect(proof(withCard(cardSecurity([paceInfo(), keyInfo(mappingKey(), 13)])))).toBe('failed/cam-key')
  })

  test('and is missed where the chip offers it and nobody did it', () => {
    const report = withCard(FILE, UNASKED)
    expect(proof(report)).toBe('not_performed/chip-proof-missing')
    const { files, trust } = passport()
    const announced = verifyChip({ files: { ...files, EF_CardAccess: set(paceInfo()) } }, openTrust(trust), AT)
    expect(proof(announced)).toBe('not_performed/chip-proof-missing')
  })
})

describe('an EF.CardSecurity that is not genuine fails chip authentication, performed or not', () => {
  const STRANGER = ecKey('prime256v1', ecdsa('sha256'))
  const foreign = (country: string) => {
    const dsc = certificate({
      subject: name('Signer', country),
      key: STRANGER,
      issuer: name('Their CSCA', country),
      issuerKey: P384,
      serial: 4,
      extensions: signerExtensions(STRANGER, P384),
    })
    return cardSecurity(INFOS, {
      key: STRANGER,
      certificates: [dsc],
      identifier: byIssuer(name('Their CSCA', country), 4),
    })
  }
  const theirs = {
    'anchors/b.cer': authority('Their CSCA', P384, {
      subject: name('Their CSCA', 'XX'),
      issuer: name('Their CSCA', 'XX'),
    }),
  }

  test.each<[string, Uint8Array, Parameters<typeof passport>[0], string]>([
    [
      'signed by another key',
      cardSecurity(INFOS, { key: STRANGER }),
      {},
      'failed/card-security-not-authentic signature-invalid',
    ],
    [
      'a digest that is another’s',
      cardSecurity(INFOS, { digest: Buffer.alloc(32) }),
      {},
      'failed/card-security-not-authentic message-digest-mismatch',
    ],
    [
      'two signers',
      cardSecurity(INFOS, { signers: (info) => [info, info] }),
      {},
      'failed/card-security-not-authentic signer-info-count',
    ],
    [
      'no signer',
      cardSecurity(INFOS, { signers: () => [] }),
      {},
      'failed/card-security-not-authentic signer-info-count',
    ],
    [
      'signed before its signer was valid',
      cardSecurity(INFOS, { signingTime: '2014-01-01' }),
      {},
      'failed/card-security-not-authentic issuer-not-valid',
    ],
    [
      'signed by a revoked signer',
      FILE,
      {
        trust: {
          'anchors/a.cer': authority(CSCA, P384),
          'crls/c.crl': revocationList({ issuer: name(CSCA), key: P384, revoked: [DSC_SERIAL] }),
        },
      },
      'failed/card-security-not-authentic signer-revoked',
    ],
    [
      'of another state, whose authority is trusted too',
      foreign('XX'),
      { trust: { 'anchors/a.cer': authority(CSCA, P384), ...theirs } },
      'failed/card-security-not-authentic country-mismatch',
    ],
    [
      'of a signer whose issuer is unknown',
      foreign('UT'),
      {},
      'indeterminate/card-security-not-trusted issuer-unknown',
    ],
  ])('%s', (_, file, options, expected) => {
    expect(proof(withCard(file, {}, options))).toBe(expected)
    if (expected.startsWith('failed')) {
      const unasked = withCard(file, UNASKED, options)
      expect(proof(unasked)).toBe(expected)
    }
  })

  test('one changed bit of the signed key', () => {
    const changed = Buffer.from(FILE)
    changed[FILE.indexOf(KEY.publicKey) + KEY.publicKey.length - 1]! ^= 1
    expect(proof(withCard(changed))).toBe('failed/card-security-not-authentic message-digest-mismatch')
  })

  test.each<[string, Uint8Array, string]>([
    ['an empty file', none, 'der-truncated'],
    ['content of EF.SOD', cardSecurity(INFOS, { contentType: '2.23.136.1.1.1' }), 'content-type-unexpected'],
    ['no set of infos', cardSecurity(INFOS, { content: seq(...INFOS) }), 'security-infos-tag'],
    ['bytes behind it', Buffer.concat([FILE, Buffer.of(1)]), 'trailing-data'],
    ['a file longer than any chip holds', Buffer.alloc(70_000, 0x30), 'card-security-too-large'],
  ])('%s is damage to the structure', (_, file, code) => {
    const { checks } = withCard(file)
    expect(checks['chip.structure']).toMatchObject({
      status: 'failed',
      evidence: { damaged: [{ file: 'EF_CardSecurity', code }] },
    })
  })
})

describe('a reader that was made to fall back, or did', () => {
  const read = (
    files: ChipEvidence['files'],
    access?: string,
    groups = new Map([
      [1, dg1()],
      [14, dg14(GENERIC, paceInfo())],
    ]),
  ) => {
    const issued = passport({ groups })
    return codes(
      verifyChip({ files: { ...issued.files, ...files }, ...(access && { access }) }, openTrust(issued.trust), AT),
    )
  }

  test('nothing to say where EF.CardAccess is what DG14 and EF.CardSecurity repeat', () => {
    const files = {
      EF_CardAccess: set(paceInfo(), GENERIC),
      EF_CardSecurity: cardSecurity([GENERIC, paceInfo(), keyInfo(KEY)]),
    }
    expect(read(files)).toEqual([])
    expect(read(files, '0.4.0.127.0.7.2.2.4.2.2')).toEqual([])
  })

  test.each<[string, ChipEvidence['files'], string | undefined, string[]]>([
    ['EF.CardAccess was not there', {}, undefined, ['EF_CardAccess card-access-missing']],
    [
      'EF.CardAccess names fewer protocols',
      { EF_CardAccess: set(GENERIC) },
      undefined,
      ['EF_CardAccess card-access-dg14-mismatch'],
    ],
    ['EF.CardAccess names none', { EF_CardAccess: set() }, undefined, ['EF_CardAccess card-access-dg14-mismatch']],
    [
      'EF.CardAccess names more',
      { EF_CardAccess: set(paceInfo(), GENERIC, paceInfo(12)) },
      undefined,
      ['EF_CardAccess card-access-dg14-mismatch'],
    ],
    [
      'the reader opened the chip with BAC',
      { EF_CardAccess: set(paceInfo(), GENERIC) },
      'bac',
      ['EF_CardAccess pace-skipped'],
    ],
    [
      'the reader names a protocol that the chip does not offer',
      { EF_CardAccess: set(paceInfo(), GENERIC) },
      '0.4.0.127.0.7.2.2.4.4.2',
      ['EF_CardAccess access-protocol-not-offered'],
    ],
    [
      'EF.CardSecurity says otherwise',
      { EF_CardAccess: set(paceInfo(), GENERIC), EF_CardSecurity: cardSecurity([GENERIC, keyInfo(KEY)]) },
      undefined,
      ['EF_CardAccess card-access-card-security-mismatch'],
    ],
  ])('%s', (_, files, access, expected) => {
    expect(read(files, access)).toEqual(expected)
  })

  test('a chip without PACE is opened with BAC', () => {
    expect(read({}, 'bac', new Map([[1, dg1()]]))).toEqual([])
  })
})
