import { describe, expect, test } from 'vitest'
import { encodeTlv } from '../../src/chip/der/index.ts'
import {
  authority,
  basicConstraints,
  extension,
  keyUsage,
  name,
  respelled,
  revocationList,
} from './issuing/certificates.ts'
import { integer, none, octets, seq, time } from './issuing/der.ts'
import { ecdsa, ecKey } from './issuing/keys.ts'
import { CSCA, DSC_SERIAL, P384, passport } from './issuing/passport.ts'
import { verified } from './judging.ts'

const NEWER = ecKey('prime256v1', ecdsa('sha256'))
const ANCHOR = { 'anchors/a.cer': authority(CSCA, P384, { serial: 9 }) }
const issuer = name(CSCA)

const reason = (code: number) => extension('2.5.29.21', encodeTlv(0x0a, Buffer.of(code)))
const certificateIssuer = (common: string) => extension('2.5.29.29', seq(encodeTlv(0xa4, name(common))), true)
const entry = (serial: number, ...extensions: Uint8Array[]) =>
  seq(integer(serial), time('2024-08-01'), extensions.length > 0 ? seq(...extensions) : none)

const judge = (trust: Record<string, Uint8Array>) => {
  const { status, code } = verified({ ...passport(), trust: { ...ANCHOR, ...trust } }).checks['chip.revocation']
  return `${status}/${code}`
}
const list = (options: Partial<Parameters<typeof revocationList>[0]> = {}) =>
  revocationList({ issuer, key: P384, ...options })

describe('revocation', () => {
  test.each<[string, Record<string, Uint8Array>, string]>([
    ['no list', {}, 'indeterminate/no-crl'],
    ['a current list that is empty', { 'crls/c.crl': list() }, 'passed/ok'],
    ['a current list of others', { 'crls/c.crl': list({ revoked: [1, 2, 3] }) }, 'passed/ok'],
    ['the signer is listed', { 'crls/c.crl': list({ revoked: [1, DSC_SERIAL] }) }, 'failed/signer-revoked'],
    ['the CSCA is listed', { 'crls/c.crl': list({ revoked: [9] }) }, 'failed/issuer-revoked'],
    ['a stale list', { 'crls/c.crl': list({ to: '2024-08-20' }) }, 'indeterminate/crl-stale'],
    [
      'a stale list that names the signer',
      { 'crls/c.crl': list({ to: '2024-08-20', revoked: [DSC_SERIAL] }) },
      'failed/signer-revoked',
    ],
    [
      'a list from the future',
      { 'crls/c.crl': list({ from: '2025-01-01', to: '2025-03-01' }) },
      'indeterminate/crl-not-yet-valid',
    ],
    ['a forged list that clears nobody', { 'crls/c.crl': list({ key: NEWER }) }, 'indeterminate/crl-not-verified'],
    [
      'a forged list that names the signer',
      { 'crls/c.crl': list({ key: NEWER, revoked: [DSC_SERIAL] }) },
      'indeterminate/crl-not-verified',
    ],
    [
      'a list of another issuer with that serial number',
      { 'crls/c.crl': list({ issuer: name('Elsewhere'), revoked: [DSC_SERIAL] }) },
      'indeterminate/no-crl',
    ],
    [
      'a list by the issuer’s newer key',
      { 'anchors/n.cer': authority(CSCA, NEWER), 'crls/c.crl': list({ key: NEWER, revoked: [DSC_SERIAL] }) },
      'failed/signer-revoked',
    ],
    [
      'a list by a newer key that a link vouches for',
      {
        'certificates/l.cer': authority(CSCA, NEWER, { by: { common: CSCA, key: P384 } }),
        'crls/c.crl': list({ key: NEWER }),
      },
      'passed/ok',
    ],
    [
      'a list by a key that nothing vouches for',
      { 'certificates/n.cer': authority(CSCA, NEWER), 'crls/c.crl': list({ key: NEWER, revoked: [DSC_SERIAL] }) },
      'indeterminate/crl-not-verified',
    ],
    [
      'a list of changes only',
      { 'crls/c.crl': list({ extensions: [extension('2.5.29.27', integer(1), true)] }) },
      'indeterminate/crl-unsupported',
    ],
    [
      'a list whose distribution point is critical',
      { 'crls/c.crl': list({ extensions: [extension('2.5.29.28', seq(encodeTlv(0x84, Buffer.of(0xff))), true)] }) },
      'indeterminate/crl-unsupported',
    ],
    [
      'an unknown critical extension beside the signer’s entry',
      { 'crls/c.crl': list({ revoked: [DSC_SERIAL], extensions: [extension('1.2.3.4', integer(1), true)] }) },
      'failed/signer-revoked',
    ],
    [
      'an entry of another issuer with that serial number, in an indirect list',
      { 'crls/c.crl': list({ entries: [entry(5, certificateIssuer('Elsewhere')), entry(DSC_SERIAL)] }) },
      'indeterminate/crl-unsupported',
    ],
    [
      'an entry before those of another issuer',
      { 'crls/c.crl': list({ entries: [entry(DSC_SERIAL), entry(5, certificateIssuer('Elsewhere'))] }) },
      'failed/signer-revoked',
    ],
    [
      'an entry that takes the revocation back',
      { 'crls/c.crl': list({ entries: [entry(DSC_SERIAL, reason(8))] }) },
      'passed/ok',
    ],
    [
      'an entry with a reason',
      { 'crls/c.crl': list({ entries: [entry(DSC_SERIAL, reason(1))] }) },
      'failed/signer-revoked',
    ],
    ['a list of version 1', { 'crls/c.crl': list({ version: none }) }, 'passed/ok'],
    [
      'a list of version 1 that names the signer',
      { 'crls/c.crl': list({ version: none, revoked: [DSC_SERIAL] }) },
      'failed/signer-revoked',
    ],
    ['a list without an end', { 'crls/c.crl': list({ to: null }) }, 'indeterminate/crl-stale'],
    ['a list whose issuer is spelt otherwise', { 'crls/c.crl': list({ issuer: respelled(CSCA) }) }, 'passed/ok'],
    [
      'a list that names its algorithm otherwise inside',
      { 'crls/c.crl': list({ innerIdentifier: ecdsa('sha256').identifier }) },
      'indeterminate/crl-not-verified',
    ],
    [
      'a list by an authority that may not sign lists',
      {
        'anchors/a.cer': authority(CSCA, P384, { extensions: [basicConstraints(true), keyUsage(0x04)] }),
        'crls/c.crl': list({ revoked: [DSC_SERIAL] }),
      },
      'indeterminate/crl-not-verified',
    ],
    [
      'a link certificate is listed',
      {
        'anchors/a.cer': authority(CSCA, NEWER, { serial: 1 }),
        'certificates/l.cer': authority(CSCA, P384, { by: { common: CSCA, key: NEWER }, serial: 12 }),
        'crls/c.crl': list({ key: NEWER, revoked: [12] }),
      },
      'failed/issuer-revoked',
    ],
    [
      'an older list beside a newer one',
      { 'crls/1.crl': list({ from: '2024-01-01', to: '2024-02-01' }), 'crls/2.crl': list() },
      'passed/ok',
    ],
    ['a list that is none', { 'crls/c.crl': encodeTlv(0x30, octets(Buffer.alloc(4))) }, 'indeterminate/no-crl'],
  ])('%s', (_, trust, expected) => {
    expect(judge(trust)).toBe(expected)
  })

  test('a changed octet makes a list count for nothing', () => {
    const forged = list({ revoked: [1] })
    forged[forged.length - 20]! ^= 1
    expect(judge({ 'crls/c.crl': forged })).toBe('indeterminate/crl-not-verified')
  })
})
