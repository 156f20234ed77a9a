import { describe, expect, test } from 'vitest'
import { readSignedData } from '../../src/chip/cms/index.ts'
import { type ChipEvidence, reportTrust, verifyChip } from '../../src/chip/index.ts'
import {
  authority,
  certificate,
  keyIdentifierOf,
  keyUsage,
  name,
  purposes,
  revocationList,
  signerExtensions,
} from './issuing/certificates.ts'
import { indefinite, integer, octets, seq, set } from './issuing/der.ts'
import { ecdsa, ecKey, pkcs1, pkcs1WithoutNull, rsaKey, type SigningKey, signingWith } from './issuing/keys.ts'
import { byIssuer, byKey, MASTER_LIST, type MessageOptions, signedMessage } from './issuing/messages.ts'
import { CSCA, P256, P384, passport } from './issuing/passport.ts'
import { AT, objections, openTrust, verified } from './judging.ts'

const PUBLISHER = 'Publisher CSCA'
const PUBLISHER_KEY = ecKey('secp521r1', ecdsa('sha512'))
const ANCHOR = authority(PUBLISHER, PUBLISHER_KEY)
const MASTER_LIST_SIGNING = purposes(true, '2.23.136.1.1.3')
const LISTED = [authority(CSCA, P384), authority('Another', ecKey('brainpoolP320r1', ecdsa('sha1'), 'explicit'))]

interface ListOptions {
  readonly signerKey?: SigningKey
  readonly extensions?: readonly Uint8Array[]
  readonly issuerKey?: SigningKey
  readonly entries?: readonly Uint8Array[]
  readonly message?: Partial<MessageOptions>
  readonly to?: string
}

function masterList({ signerKey = P256, entries = LISTED, ...options }: ListOptions = {}): Buffer {
  const { issuerKey = PUBLISHER_KEY, extensions = [MASTER_LIST_SIGNING] } = options
  const signer = certificate({
    subject: name('Master List Signer'),
    key: signerKey,
    issuer: name(PUBLISHER),
    issuerKey,
    serial: 3,
    extensions: [...signerExtensions(signerKey, PUBLISHER_KEY), ...extensions],
    ...(options.to && { to: options.to }),
  })
  return signedMessage({
    content: seq(integer(0), set(...entries)),
    key: signerKey,
    identifier: byKey(keyIdentifierOf(signerKey)),
    certificates: [signer, ANCHOR],
    contentType: MASTER_LIST,
    signingTime: '2024-06-01',
    ...options.message,
  })
}

const folder = (list: Uint8Array, anchor: Uint8Array | undefined = ANCHOR) =>
  openTrust({ 'master-lists/ut.ml': list, ...(anchor && { 'master-lists/ut.anchor.cer': anchor }) })

const summary = (list: Uint8Array, anchor?: Uint8Array) => reportTrust(folder(list, anchor), AT).masterLists[0]

describe('master lists', () => {
  test.each<[string, Uint8Array]>([
    ['the ordinary kind', masterList()],
    ['signer by issuer and serial number', masterList({ message: { identifier: byIssuer(name(PUBLISHER), 3) } })],
    ['no signing time', masterList({ message: { signingTime: undefined } })],
    [
      'PKCS#1 without NULL',
      masterList({ signerKey: signingWith(rsaKey(pkcs1('sha256')), pkcs1WithoutNull('sha256')) }),
    ],
    [
      'content in segments, BER',
      masterList({
        message: {
          encapsulated: (content) => indefinite(0x24, octets(content.subarray(0, 500)), octets(content.subarray(500))),
        },
      }),
    ],
  ])('are trusted: %s', (_, list) => {
    expect(summary(list)).toMatchObject({ verdict: 'trusted', certificates: 2, rejected: [] })
  })

  test('their certificates are anchors', () => {
    const trust = { 'master-lists/ut.ml': masterList(), 'master-lists/ut.anchor.cer': ANCHOR }
    expect(objections(verified({ ...passport(), trust }))).toEqual([])
  })

  test('one bad entry is rejected alone', () => {
    const list = masterList({ entries: [LISTED[0]!, seq(integer(1)), octets(Buffer.alloc(9)), LISTED[1]!] })
    expect(summary(list)).toMatchObject({
      verdict: 'trusted',
      certificates: 2,
      rejected: [{ index: 1 }, { index: 2 }],
    })
  })

  test('an entry that can be opened but not read is no anchor, and reported when the list is', () => {
    const twice = [keyUsage(0x06), keyUsage(0x06)]
    const unreadable = authority(CSCA, P384, { extensions: twice })
    const list = masterList({ entries: [unreadable, LISTED[1]!] })
    const trust = { 'master-lists/ut.ml': list, 'master-lists/ut.anchor.cer': ANCHOR }
    expect(objections(verified({ ...passport(), trust }))).toEqual(['certificationPath/issuer-unknown'])
    expect(summary(list)).toMatchObject({
      verdict: 'trusted',
      certificates: 1,
      rejected: [{ index: 0, code: 'extension-duplicate' }],
    })
  })

  test('the anchors named where an issuer is missing do not depend on what was asked before', () => {
    const others = ['Third', 'Second', 'First'].map((common) => authority(common, P384))
    const store = folder(masterList({ entries: [...others, ...LISTED] }))
    const judge = (files: ChipEvidence['files'], by = store) => verifyChip({ files }, by, AT)
    const orphan = passport({ signer: { issuer: name('Nobody') } }).files
    const first = judge(orphan)
    expect(objections(judge(passport().files))).toEqual([])
    expect(judge(orphan)).toEqual(first)
    const { known } = first.checks['chip.certificationPath'].evidence as { known: { subject: string }[] }
    expect(known.map(({ subject }) => subject.replace(/.*CN=/, '')).slice(0, 3)).toEqual(['Third', 'Second', 'First'])
  })

  const STRANGER = ecKey('secp384r1', ecdsa('sha384'))
  test.each<[string, Uint8Array, string]>([
    ['no purpose of signing master lists', masterList({ extensions: [] }), 'signer-extended-key-usage'],
    [
      'the purpose of a server',
      masterList({ extensions: [purposes(true, '1.3.6.1.5.5.7.3.1')] }),
      'signer-extended-key-usage',
    ],
    ['a signer of a stranger', masterList({ issuerKey: STRANGER }), 'issuer-signature-invalid'],
    ['a signer that had expired', masterList({ to: '2024-01-01' }), 'signer-not-valid'],
    ['two signers', masterList({ message: { signers: (info) => [info, info] } }), 'signer-info-count'],
    ['no signer', masterList({ message: { signers: () => [] } }), 'signer-info-count'],
    ['any purpose', masterList({ extensions: [purposes(true, '2.5.29.37.0')] }), 'signer-extended-key-usage'],
    [
      'a content type of security objects in the attributes',
      masterList({ message: { attributedType: '2.23.136.1.1.1' } }),
      'content-type-mismatch',
    ],
    [
      'a publisher that had expired',
      masterList({ message: { signingTime: '2041-01-01' }, to: '2045-01-01' }),
      'issuer-not-valid',
    ],
    ['a wrong digest', masterList({ message: { digest: Buffer.alloc(32) } }), 'message-digest-mismatch'],
    ['no certificate of the signer', masterList({ message: { certificates: [] } }), 'signer-certificate-missing'],
  ])('are not trusted: %s', (_, list, code) => {
    expect(summary(list)).toMatchObject({ verdict: 'untrusted', code })
  })

  test('are trusted where their signer itself is pinned, if it is meant to sign them', () => {
    const signerOf = (list: Buffer) => Buffer.from(readSignedData(list).certificates[0]!)
    const list = masterList()
    expect(summary(list, signerOf(list))).toMatchObject({ verdict: 'trusted', certificates: 2 })
    expect(summary(list, signerOf(masterList()))).toMatchObject({ verdict: 'untrusted' })
    const unfit = masterList({ extensions: [] })
    expect(summary(unfit, signerOf(unfit))).toMatchObject({ code: 'signer-extended-key-usage' })
    const late = masterList({ to: '2024-01-01' })
    expect(summary(late, signerOf(late))).toMatchObject({ code: 'signer-not-valid' })
  })

  test('are not trusted once their signer is revoked', () => {
    const trust = { 'master-lists/ut.ml': masterList(), 'master-lists/ut.anchor.cer': ANCHOR }
    const judge = (crl: Uint8Array) => reportTrust(openTrust({ ...trust, 'crls/c.crl': crl }), AT).masterLists[0]
    const issuer = name(PUBLISHER)
    expect(judge(revocationList({ issuer, key: PUBLISHER_KEY, revoked: [3] }))).toMatchObject({
      code: 'signer-revoked',
    })
    expect(judge(revocationList({ issuer, key: PUBLISHER_KEY, revoked: [4] }))).toMatchObject({ verdict: 'trusted' })
    expect(judge(revocationList({ issuer, key: STRANGER, revoked: [3] }))).toMatchObject({ verdict: 'trusted' })
  })

  test('may be empty, and say of which version they are: another one than 0 is not read', () => {
    expect(summary(masterList({ entries: [] }))).toMatchObject({ verdict: 'trusted', certificates: 0 })
    const later = masterList({ message: { content: seq(integer(1), set(...LISTED)) } })
    expect(reportTrust(folder(later), AT).skipped.map(({ code }) => code)).toEqual(['master-list-version'])
  })

  test('are not trusted without, or under another, pinned anchor', () => {
    const bare = reportTrust(openTrust({ 'master-lists/ut.ml': masterList() }), AT).masterLists[0]
    expect(bare).toMatchObject({ verdict: 'untrusted', code: 'anchor-missing' })
    expect(summary(masterList(), authority('Elsewhere', STRANGER))).toMatchObject({ code: 'issuer-unknown' })
    expect(summary(masterList(), authority(PUBLISHER, STRANGER))).toMatchObject({ verdict: 'untrusted' })
  })

  test('an untrusted list’s certificates are no anchors', () => {
    const trust = { 'master-lists/ut.ml': masterList({ extensions: [] }), 'master-lists/ut.anchor.cer': ANCHOR }
    expect(objections(verified({ ...passport(), trust }))).toContain('certificationPath/trust-store-empty')
  })

  test('one changed bit in a listed certificate untrusts the list', () => {
    const list = masterList()
    const tampered = Buffer.from(list)
    tampered[list.indexOf(Buffer.from('Another'))]! ^= 1
    expect(summary(tampered)).toMatchObject({ verdict: 'untrusted', code: 'message-digest-mismatch' })
  })

  test('a security object is no master list, and junk loses nothing else', () => {
    const { files } = passport()
    const store = openTrust({
      'master-lists/sod.ml': files.EF_SOD!.subarray(4),
      'master-lists/junk.ml': Buffer.from('junk'),
      'master-lists/empty.ml': Buffer.alloc(0),
      'master-lists/ut.ml': masterList(),
      'master-lists/ut.anchor.cer': ANCHOR,
    })
    const report = reportTrust(store, AT)
    expect(report.skipped.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'master-lists/sod.ml master-list-content-type',
      'master-lists/junk.ml file-format',
      'master-lists/empty.ml file-format',
    ])
    expect(report.masterLists).toHaveLength(1)
  })

  test('the store’s identity is its content, whatever the order', () => {
    const files: Record<string, Uint8Array> = { 'anchors/a.cer': LISTED[0]!, 'anchors/b.cer': LISTED[1]! }
    const turned = Object.fromEntries(Object.entries(files).reverse())
    expect(openTrust(turned).id).toBe(openTrust(files).id)
    expect(openTrust({ 'anchors/a.cer': LISTED[0]! }).id).not.toBe(openTrust(files).id)
    expect(openTrust(files).id).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})
