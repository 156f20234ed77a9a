import { describe, expect, test } from 'vitest'
import { importTrust, missingIssuers, openTrustStore, reportSigner, reportTrust } from '../../src/chip/index.ts'
import {
  authority,
  certificate,
  keyIdentifierOf,
  name,
  purposes,
  revocationList,
  signerExtensions,
} from './issuing/certificates.ts'
import { integer, seq, set } from './issuing/der.ts'
import { byKey, MASTER_LIST, signedMessage } from './issuing/messages.ts'
import { CSCA, P256, P384, passport } from './issuing/passport.ts'
import { AT } from './judging.ts'

const ANCHOR = authority(CSCA, P384)
const SIGNER = passport().dsc
const CRL = revocationList({ issuer: name(CSCA), key: P384, revoked: [5] })
const LIST = signedMessage({
  content: seq(integer(0), set(authority('Other', P256))),
  key: P256,
  identifier: byKey(keyIdentifierOf(P256)),
  certificates: [
    certificate({
      subject: name('Master List Signer'),
      key: P256,
      issuer: name(CSCA),
      issuerKey: P384,
      extensions: [...signerExtensions(P256, P384), purposes(true, '2.23.136.1.1.3')],
    }),
  ],
  contentType: MASTER_LIST,
  signingTime: '2024-06-01',
})

const source = (path: string, bytes: Uint8Array | string) => ({ path, bytes: Buffer.from(bytes as string) })

/** LDIF as directories write it: long values folded, lines ended as on Windows. */
function ldif(...values: readonly [string, Uint8Array][]): string {
  const entries = values.map(([attribute, value], i) => {
    const line = `${attribute}:: ${Buffer.from(value).toString('base64')}`
    return `dn: cn=${i},o=dsc,c=UT,dc=data,dc=download,dc=pkd\r\n${line.match(/.{1,76}/g)!.join('\r\n ')}\r\n`
  })
  return `version: 1\r\n\r\n${entries.join('\r\n')}`
}

const kinds = ({ imported }: ReturnType<typeof importTrust>) => imported.map(({ kind }) => kind)

describe('importing trust', () => {
  test('single files: a self-signed authority becomes an anchor, the rest does not', () => {
    const found = importTrust(
      [source('csca.cer', ANCHOR), source('/some/where/dsc.der', SIGNER), source('ut.crl', CRL)],
      [],
    )
    expect(kinds(found)).toEqual(['anchor', 'certificate', 'crl'])
    const store = openTrustStore(found.files)
    expect(reportTrust(store, AT)).toMatchObject({
      anchors: [{ problems: [] }],
      certificates: [{ problems: [] }],
      crls: [{ verified: true }],
      skipped: [],
    })
    expect(reportSigner(SIGNER, store, AT).verdict).toBe('accepted')
    expect(missingIssuers(store)).toEqual([])
  })

  test('LDIF of the PKD: nothing in it becomes an anchor, and its bad entry is skipped alone', () => {
    const damaged = SIGNER.subarray(0, 200)
    const text = ldif(
      ['userCertificate;binary', SIGNER],
      ['userCertificate;binary', damaged],
      ['cACertificate;binary', ANCHOR],
      ['certificateRevocationList;binary', CRL],
    )
    const found = importTrust([source('icaopkd-001.ldif', text)], [])
    expect(kinds(found)).toEqual(['certificate', 'certificate', 'crl'])
    expect(found.skipped).toMatchObject([{ source: 'icaopkd-001.ldif', entry: 2, code: 'der-truncated' }])
    expect(openTrustStore(found.files).empty).toBe(true)
  })

  test('says whose certificate is missing', () => {
    const found = importTrust([source('a.pem', SIGNER), source('b.crl', CRL)], [])
    expect(missingIssuers(openTrustStore(found.files))).toEqual([
      { subject: `C=UT, O=Utopia, CN=${CSCA}`, country: 'UT', needed: 2 },
    ])
  })

  test('a master list comes with the anchor that its signer leads to, from a file or from LDIF', () => {
    const asLdif = source('icaopkd-002.ldif', ldif(['pkdMasterListContent', LIST]))
    for (const given of [source('ut.ml', LIST), asLdif]) {
      const found = importTrust([given], [authority('Other', P256), ANCHOR])
      expect(found.imported).toMatchObject([{ kind: 'master-list', certificates: 1 }])
      const { masterLists } = reportTrust(openTrustStore(found.files), AT)
      expect(masterLists).toMatchObject([{ verdict: 'trusted', certificates: 1 }])
    }
  })

  test('a master list without its anchor, or with a changed octet, is left out and says why', () => {
    const withoutAnchor = importTrust([source('ut.ml', LIST)], [authority('Other', P256)])
    expect(withoutAnchor.files).toEqual([])
    expect(withoutAnchor.skipped).toMatchObject([{ code: 'anchor-missing' }])
    expect(withoutAnchor.skipped[0]!.message).toContain(CSCA)
    const changed = Buffer.from(LIST)
    changed[changed.length - 1]! ^= 1
    const forged = importTrust([source('ut.ml', changed)], [ANCHOR])
    expect(forged.files).toEqual([])
    expect(forged.skipped).toMatchObject([{ code: 'signature-invalid' }])
  })

  test('the same object twice is imported once, the same source gives the same files', () => {
    const twice = importTrust([source('a.cer', ANCHOR), source('b.cer', ANCHOR)], [])
    expect(twice.imported).toHaveLength(1)
    const again = importTrust([source('a.cer', ANCHOR)], [])
    expect(again.files.map(({ path }) => path)).toEqual(twice.files.map(({ path }) => path))
  })

  test('names of sources cannot lead out of the folder', () => {
    const { files } = importTrust([source('..', ANCHOR), source('a/..\\..\\.x y', CRL)], [])
    for (const { path } of files) expect(path).toMatch(/^(anchors|crls)\/[A-Za-z0-9-][A-Za-z0-9._-]*\.pem$/)
  })

  test('what is nothing of the kind is skipped', () => {
    const found = importTrust([source('x', 'hello'), source('y', ''), source('z', Buffer.of(0x30, 0))], [])
    expect(found.files).toEqual([])
    expect(found.skipped).toHaveLength(3)
    expect(found.skipped.map(({ code }) => code)).not.toContain('internal')
  })
})
