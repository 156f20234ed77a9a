import { describe, expect, test } from 'vitest'
import { encodeTlv } from '../../src/chip/der/index.ts'
import { link, OLD, plus, STRANGER } from './issuing/authorities.ts'
import {
  authority,
  authorityKey,
  basicConstraints,
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
import { integer, oid, printable, seq, set, utf8 } from './issuing/der.ts'
import { ecKey, pkcs1, pkcs1WithoutNull, plainEcdsa, pss, rsaKey } from './issuing/keys.ts'
import { byIssuer } from './issuing/messages.ts'
import { CSCA, DSC, DSC_SERIAL, P256, P384, type PassportOptions, passport } from './issuing/passport.ts'
import { objections, oddities, report, verified } from './judging.ts'

const OLDER = rsaKey(pkcs1('sha1'), 2048)
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

function pem(der: Uint8Array): Buffer {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!
  return Buffer.from(`Utopia\n-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
}
