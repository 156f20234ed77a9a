import { describe, expect, test } from 'vitest'
import { encodeTlv } from '../../src/chip/der/index.ts'
import { authority, extension, name, revocationList } from './issuing/certificates.ts'
import { integer, octets } from './issuing/der.ts'
import { ecdsa, ecKey } from './issuing/keys.ts'
import { CSCA, DSC_SERIAL, P384, passport, verified } from './issuing/passport.ts'

const NEWER = ecKey('prime256v1', ecdsa('sha256'))
const ANCHOR = { 'anchors/a.cer': authority(CSCA, P384, { serial: 9 }) }
const issuer = name(CSCA)

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
