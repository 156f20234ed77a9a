import { describe, expect, test } from 'vitest'
import { encodeTlv } from '../../src/chip/der/index.ts'
import {
  authority,
  authorityKey,
  basicConstraints,
  certificate,
  DIGITAL_SIGNATURE,
  extension,
  keyIdentifierOf,
  keyUsage,
  name,
  purposes,
  respelled,
  signerExtensions,
  subjectKey,
} from './issuing/certificates.ts'
import { integer, octets, oid, printable, seq, set, utf8 } from './issuing/der.ts'
import { ecdsa, ecKey, pkcs1, pkcs1WithoutNull, plainEcdsa, pss, rsaKey } from './issuing/keys.ts'
import { byIssuer } from './issuing/messages.ts'
import { CSCA, DSC, DSC_SERIAL, dg1, P256, P384, type PassportOptions, passport } from './issuing/passport.ts'
import { objections, oddities, report, verified } from './judging.ts'

const OLD = ecKey('brainpoolP256r1', ecdsa('sha256'), 'explicit')
const OLDER = rsaKey(pkcs1('sha1'), 2048)
const STRANGER = ecKey('secp384r1', ecdsa('sha384'))
/** An authority that is no link: under a CSCA, with another name that nothing says is the CSCA's own. */
const subordinate = authority('Sub', STRANGER, {
  by: { common: CSCA, key: OLD },
  extensions: [subjectKey(keyIdentifierOf(STRANGER)), basicConstraints(true), keyUsage(0x06)],
})
const issuedBySub = {
  signer: { issuer: name('Sub'), issuerKey: STRANGER, extensions: signerExtensions(P256, STRANGER) },
  message: { identifier: byIssuer(name('Sub'), DSC_SERIAL) },
} satisfies PassportOptions
const link = (to: typeof P384, by: { common: string; key: typeof P384 }, common = CSCA) => authority(common, to, { by })

const plus = (...more: Uint8Array[]) => ({ extensions: [...signerExtensions(P256, P384), ...more] })
const bySerial = (serial: Uint8Array) => seq(name(CSCA), encodeTlv(2, serial))
const moment = (tag: number, date: string) => encodeTlv(tag, Buffer.from(`${date.replaceAll('-', '')}000000Z`))
const usagePeriod = (from: string, to: string) =>
  extension('2.5.29.16', seq(moment(0x80, from), moment(0x81, to)), true)

describe('paths that lead to an anchor', () => {
  test.each<[string, Record<string, Uint8Array>]>([
    ['directly', { 'anchors/a.cer': authority(CSCA, P384) }],
    [
      'over a link certificate',
      { 'anchors/a.cer': authority(CSCA, OLD), 'certificates/l.cer': link(P384, { common: CSCA, key: OLD }) },
    ],
    [
      'over two links, changed algorithms and a changed name',
      {
        'anchors/a.cer': authority('Ministry', OLDER),
        'certificates/l1.cer': link(OLD, { common: 'Ministry', key: OLDER }, 'Agency'),
        'certificates/l2.cer': link(P384, { common: 'Agency', key: OLD }),
      },
    ],
    [
      'with the new self-signed one beside the link',
      {
        'anchors/a.cer': authority(CSCA, OLD),
        'certificates/l.cer': link(P384, { common: CSCA, key: OLD }),
        'certificates/new.cer': authority(CSCA, P384),
      },
    ],
    [
      'among others of the same name',
      {
        'anchors/b.cer': authority(CSCA, STRANGER),
        'anchors/a.cer': authority(CSCA, P384),
        'anchors/c.cer': authority(CSCA, OLD),
      },
    ],
    [
      'among others that claim the same key identifier',
      {
        'anchors/b.cer': authority(CSCA, STRANGER, {
          extensions: [subjectKey(keyIdentifierOf(P384)), basicConstraints(true)],
        }),
        'anchors/a.cer': authority(CSCA, P384),
      },
    ],
    ['to an anchor in PEM', { 'anchors/a.pem': pem(authority(CSCA, P384)) }],
    ['with junk beside the anchor', { 'anchors/junk': Buffer.from('junk'), 'anchors/a.cer': authority(CSCA, P384) }],
    ['that has expired since', { 'anchors/a.cer': authority(CSCA, P384, { to: '2024-05-01' }) }],
    [
      'over a link made after the document was signed',
      {
        'anchors/a.cer': authority(CSCA, OLD),
        'certificates/l.cer': authority(CSCA, P384, { by: { common: CSCA, key: OLD }, from: '2024-04-01' }),
      },
    ],
  ])('%s', (_, trust) => {
    expect(objections(report({ trust }))).toEqual([])
  })

  test.each<[string, PassportOptions, string[]]>([
    ['no key identifiers', { signer: { extensions: [keyUsage(DIGITAL_SIGNATURE)] } }, ['dsc-aki-missing']],
    [
      'another’s key identifier',
      { signer: { extensions: [authorityKey(Buffer.alloc(20)), keyUsage(DIGITAL_SIGNATURE)] } },
      ['dsc-aki-mismatch'],
    ],
    [
      'no key usage in either certificate',
      {
        signer: { extensions: signerExtensions(P256, P384).slice(0, 2) },
        csca: (key) => authority(CSCA, key, { extensions: [subjectKey(keyIdentifierOf(key)), basicConstraints(true)] }),
      },
      ['key-usage-missing'],
    ],
    ['a country in small letters', { signer: { subject: name(DSC, 'ut') } }, ['country-case']],
    [
      'an issuer spelt otherwise',
      { signer: { issuer: respelled(CSCA) }, message: { identifier: byIssuer(respelled(CSCA), DSC_SERIAL) } },
      [],
    ],
    ['a CSCA that signs with PSS', { cscaKey: rsaKey(pss('sha256', 32)) }, []],
    [
      'a CSCA of RSA, e = 3, whose DigestInfo has no NULL',
      { cscaKey: rsaKey(pkcs1WithoutNull('sha256'), 2048, 3) },
      ['pkcs1-digestinfo-no-null'],
    ],
    ['a CSCA that signs with ecdsa-plain', { cscaKey: ecKey('brainpoolP384r1', plainEcdsa('sha384'), 'explicit') }, []],
    [
      'a negative serial number',
      { signer: { serial: Buffer.of(0x81, 7) }, message: { identifier: bySerial(Buffer.of(0x81, 7)) } },
      [],
    ],
    [
      'a serial number whose sign the signer identifier gets wrong',
      { signer: { serial: Buffer.of(0x81, 7) }, message: { identifier: bySerial(Buffer.of(0, 0x81, 7)) } },
      ['sid-mismatch-single-cert'],
    ],
    [
      'harmless critical extensions',
      {
        signer: plus(
          extension('2.5.29.32', seq(seq(oid('1.2.3.4'))), true),
          extension('2.5.29.17', seq(encodeTlv(0x82, Buffer.from('utopia.example'))), true),
          extension('2.23.136.1.1.6.2', seq(integer(0), set(printable('P'))), true),
        ),
      },
      [],
    ],
    [
      'a list of document types without this one',
      { signer: plus(extension('2.23.136.1.1.6.2', seq(integer(0), set(printable('AC'))))) },
      ['dsc-document-type'],
    ],
    [
      'document types without version and set, as Indonesia writes them',
      { signer: plus(extension('2.23.136.1.1.6.2', seq(printable('P')))) },
      ['document-types-encoding'],
    ],
    [
      'document types that are none',
      { signer: plus(extension('2.23.136.1.1.6.2', integer(1))) },
      ['extension-malformed'],
    ],
    [
      'a private key usage period that is none',
      { signer: plus(extension('2.5.29.16', seq(moment(0x80, 'soon')))) },
      ['extension-malformed'],
    ],
    ['any purpose, and that of documents', { signer: plus(purposes(true, '2.5.29.37.0', '2.23.136.1.1.1')) }, []],
    ['a private key usage period that holds', { signer: plus(usagePeriod('2024-01-01', '2024-12-31')) }, []],
    [
      'a private key usage period that is over',
      { signer: plus(usagePeriod('2023-01-01', '2024-02-01')) },
      ['private-key-usage-exceeded'],
    ],
    [
      'a key identifier without its inner string',
      {
        signer: { extensions: [extension('2.5.29.14', Buffer.alloc(20, 3)), ...signerExtensions(P256, P384).slice(1)] },
      },
      ['ski-encoding'],
    ],
    [
      'an unknown extension that is not critical',
      { signer: { extensions: [...signerExtensions(P256, P384), extension('1.2.3.4', utf8('x'))] } },
      [],
    ],
  ])('with %s', (_, options, deviations) => {
    const judged = report(options)
    expect(objections(judged)).toEqual([])
    expect(oddities(judged)).toEqual(deviations)
  })

  test('a signer that was valid when it signed, though no longer', () => {
    expect(objections(report({ signer: { to: '2024-04-01' } }))).toEqual([])
  })

  test('the same signer again, from what is remembered', () => {
    const issued = passport()
    const twice = [verified(issued), verified(issued)]
    expect(twice[0]).toEqual(twice[1])
  })
})

describe('paths that do not stand', () => {
  test.each<[string, PassportOptions, string]>([
    ['an empty trust folder', { trust: {} }, 'certificationPath/trust-store-empty'],
    [
      'an unknown issuer',
      { trust: { 'anchors/a.cer': authority('Elsewhere', STRANGER) } },
      'certificationPath/issuer-unknown',
    ],
    [
      'an issuer whose new key is not known',
      { trust: { 'anchors/a.cer': authority(CSCA, OLD) } },
      'certificationPath/issuer-unknown',
    ],
    [
      'an issuer that is there but not trusted',
      { trust: { 'anchors/a.cer': authority('Elsewhere', P384), 'certificates/c.cer': authority(CSCA, P384) } },
      'certificationPath/issuer-unknown',
    ],
    [
      'a stranger’s signature under the issuer’s name and key identifier',
      { signer: { issuerKey: STRANGER, extensions: signerExtensions(P256, P384) } },
      'certificationPath/issuer-signature-invalid',
    ],
    [
      'an anchor embedded in EF.SOD',
      {
        trust: { 'anchors/a.cer': authority('Elsewhere', OLD) },
        message: { certificates: [passport().dsc, authority(CSCA, P384)] },
      },
      'certificationPath/issuer-unknown',
    ],
    [
      'different algorithms inside and outside',
      { signer: { innerIdentifier: ecdsa('sha256').identifier } },
      'certificationPath/certificate-algorithm-mismatch',
    ],
    ['a key that may not sign', { signer: { extensions: [keyUsage(0x40)] } }, 'certificationPath/signer-key-usage'],
    [
      'the purpose of a server',
      { signer: plus(purposes(true, '1.3.6.1.5.5.7.3.1')) },
      'certificationPath/signer-extended-key-usage',
    ],
    [
      'a master list signer as document signer',
      { signer: plus(purposes(true, '2.23.136.1.1.3')) },
      'certificationPath/signer-extended-key-usage',
    ],
    ['an authority as document signer', { signer: plus(basicConstraints(true)) }, 'certificationPath/signer-is-ca'],
    [
      'an unknown critical extension in the signer',
      { signer: plus(extension('1.2.3.4', octets(Buffer.alloc(1)), true)) },
      'certificationPath/critical-extension-unknown',
    ],
    [
      'critical document types that cannot be read',
      { signer: plus(extension('2.23.136.1.1.6.2', integer(1), true)) },
      'certificationPath/critical-extension-unknown',
    ],
    [
      'an unknown critical extension in the CSCA',
      {
        csca: (key) =>
          authority(CSCA, key, {
            extensions: [basicConstraints(true), extension('1.2.3.4', octets(Buffer.alloc(1)), true)],
          }),
      },
      'certificationPath/critical-extension-unknown',
    ],
    [
      'a CSCA that is no authority',
      { csca: (key) => authority(CSCA, key, { extensions: [basicConstraints(false)] }) },
      'certificationPath/issuer-is-no-ca',
    ],
    [
      'a CSCA that may not sign certificates',
      { csca: (key) => authority(CSCA, key, { extensions: [basicConstraints(true), keyUsage(0x02)] }) },
      'certificationPath/issuer-key-usage',
    ],
    [
      'a CSCA that had expired when the document was signed',
      { csca: (key) => authority(CSCA, key, { to: '2024-02-01' }) },
      'certificationPath/issuer-not-valid',
    ],
    [
      'a CSCA that does not say that it is an authority',
      { csca: (key) => authority(CSCA, key, { extensions: [keyUsage(0x06)] }) },
      'certificationPath/issuer-is-no-ca',
    ],
    [
      'a CSCA with the critical purpose of a server',
      {
        csca: (key) =>
          authority(CSCA, key, { extensions: [basicConstraints(true), purposes(true, '1.3.6.1.5.5.7.3.1')] }),
      },
      'certificationPath/issuer-extended-key-usage',
    ],
    [
      'an authority of its own under a CSCA that allows none',
      { trust: { 'anchors/a.cer': authority(CSCA, OLD), 'certificates/sub.cer': subordinate }, ...issuedBySub },
      'certificationPath/path-length-exceeded',
    ],
    [
      'the same, brought along in EF.SOD',
      {
        trust: { 'anchors/a.cer': authority(CSCA, OLD) },
        signer: issuedBySub.signer,
        message: { ...issuedBySub.message, certificates: [passport(issuedBySub).dsc, subordinate] },
      },
      'certificationPath/path-length-exceeded',
    ],
    [
      'a signer that signed itself',
      { signer: { issuer: name(DSC), issuerKey: P256 }, message: { identifier: byIssuer(name(DSC), DSC_SERIAL) } },
      'certificationPath/signer-self-signed',
    ],
    [
      'the purpose of a server, though not critical',
      { signer: plus(purposes(false, '1.3.6.1.5.5.7.3.1')) },
      'certificationPath/signer-extended-key-usage',
    ],
    [
      'a CSCA that was not valid yet',
      { csca: (key) => authority(CSCA, key, { from: '2024-06-01' }) },
      'certificationPath/issuer-not-valid',
    ],
    [
      'a CSCA as document signer',
      {
        dscKey: P384,
        signer: { subject: name(CSCA), extensions: [basicConstraints(true, 0), keyUsage(0x86)] },
      },
      'certificationPath/signer-is-ca',
    ],
    ['a CSCA of another country', { signer: { subject: name(DSC, 'XX') } }, 'certificationPath/country-mismatch'],
    ['a signer that was not valid yet', { signer: { from: '2024-06-01' } }, 'signerValidity/signer-not-yet-valid'],
    ['a signer that had expired', { signer: { to: '2024-02-01' } }, 'signerValidity/signer-expired'],
    [
      'a signer that has expired, no signing time given',
      { signer: { to: '2024-04-01' }, message: { signingTime: undefined } },
      'signerValidity/signer-expired',
    ],
    [
      'the same extension twice',
      { signer: plus(keyUsage(DIGITAL_SIGNATURE)) },
      'sodSignature/signer-certificate-malformed',
    ],
    [
      'another state’s MRZ',
      { groups: new Map([[1, dg1(`P<DEU${'<'.repeat(83)}`)]]) },
      'issuerCountry/issuing-state-mismatch',
    ],
    [
      'the MRZ of no state',
      { groups: new Map([[1, dg1(`P<QQQ${'<'.repeat(83)}`)]]) },
      'issuerCountry/issuing-state-unknown',
    ],
  ])('%s', (_, options, objection) => {
    expect(objections(report(options))).toContain(objection)
  })

  test('a document signer issues no further signers', () => {
    const middle = certificate({
      subject: name('Middle'),
      key: OLD,
      issuer: name(CSCA),
      issuerKey: P384,
      extensions: [...signerExtensions(OLD, P384)],
    })
    const dsc = certificate({
      subject: name(DSC),
      key: P256,
      issuer: name('Middle'),
      issuerKey: OLD,
      extensions: signerExtensions(P256, OLD),
    })
    const judged = report({
      message: { certificates: [dsc], identifier: byIssuer(name('Middle'), 1) },
      trust: { 'anchors/a.cer': authority(CSCA, P384), 'certificates/m.cer': middle },
    })
    expect(objections(judged)).toContain('certificationPath/issuer-is-no-ca')
  })

  test('says whose certificate is missing', () => {
    const { evidence } = report({ trust: { 'anchors/a.cer': authority(CSCA, OLD) } }).checks['chip.certificationPath']
    expect(evidence.missing).toEqual({
      subject: `C=UT, O=Utopia, CN=${CSCA}`,
      country: 'UT',
      keyIdentifier: keyIdentifierOf(P384).toString('hex'),
    })
    expect(evidence.explanation).toMatch(/you need the CSCA certificate .*Utopia CSCA.* of UT.*has 1 of that country/)
  })

  test('links in a circle end', () => {
    const trust = {
      'anchors/a.cer': authority('Elsewhere', STRANGER),
      'certificates/1.cer': link(P384, { common: CSCA, key: OLD }),
      'certificates/2.cer': link(OLD, { common: CSCA, key: P384 }),
    }
    expect(objections(report({ trust }))).toContain('certificationPath/issuer-unknown')
  })

  test('a refusal is not remembered: the same signer passes once its anchor is there', () => {
    const issued = passport()
    const without = verified({ ...issued, trust: { 'anchors/a.cer': authority(CSCA, OLD) } })
    expect(objections(without)).toContain('certificationPath/issuer-unknown')
    expect(objections(verified(issued))).toEqual([])
  })

  test('a remembered signer does not carry a forged one: one bit of the certificate makes another', () => {
    const issued = passport()
    verified(issued)
    const sod = Buffer.from(issued.files.EF_SOD!)
    const at = sod.indexOf(Buffer.from(DSC)) // inside the signed part of the certificate
    sod[at]! ^= 1
    expect(objections(verified({ ...issued, files: { ...issued.files, EF_SOD: sod } }))).toContain(
      'certificationPath/issuer-signature-invalid',
    )
  })
})

function pem(der: Uint8Array): Buffer {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!
  return Buffer.from(`Utopia\n-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
}
