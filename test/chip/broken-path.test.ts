import { describe, expect, test } from 'vitest'
import { link, OLD, plus, STRANGER } from './issuing/authorities.ts'
import {
  authority,
  basicConstraints,
  certificate,
  DIGITAL_SIGNATURE,
  extension,
  keyIdentifierOf,
  keyUsage,
  name,
  purposes,
  signerExtensions,
  subjectKey,
} from './issuing/certificates.ts'
import { integer, octets } from './issuing/der.ts'
import { ecdsa } from './issuing/keys.ts'
import { byIssuer } from './issuing/messages.ts'
import { CSCA, DSC, DSC_SERIAL, dg1, P256, P384, type PassportOptions, passport } from './issuing/passport.ts'
import { objections, report, verified } from './judging.ts'

/** An authority that is no link: under a CSCA, with another name that nothing says is the CSCA's own. */
const subordinate = authority('Sub', STRANGER, {
  by: { common: CSCA, key: OLD },
  extensions: [subjectKey(keyIdentifierOf(STRANGER)), basicConstraints(true), keyUsage(0x06)],
})
const issuedBySub = {
  signer: { issuer: name('Sub'), issuerKey: STRANGER, extensions: signerExtensions(P256, STRANGER) },
  message: { identifier: byIssuer(name('Sub'), DSC_SERIAL) },
} satisfies PassportOptions

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
