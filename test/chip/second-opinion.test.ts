import { describe, expect, test, vi } from 'vitest'
import { askGmrtd } from '../../bench/chip/peers/gmrtd.ts'
import { pkijsAccepts } from '../../bench/chip/peers/pkijs.ts'
import { keyIdentifierOf, subjectKey } from './issuing/certificates.ts'
import { ecdsa, ecKey, pkcs1, pss, rsaKey, type SigningKey } from './issuing/keys.ts'
import { byKey } from './issuing/messages.ts'
import { dg1, P256, type PassportOptions, passport } from './issuing/passport.ts'
import { AT, objections, verified } from './judging.ts'

type Verdict = 'accepted' | 'rejected'

const RSA = rsaKey(pkcs1('sha256'))
const STRANGER = ecKey('secp384r1', ecdsa('sha384'))
const flip = (signature: Uint8Array) => signature.map((octet, i) => (i === signature.length - 1 ? octet ^ 1 : octet))
const longIdentifier = Buffer.concat([keyIdentifierOf(P256), Buffer.alloc(12, 7)])

const KEYS: readonly [string, SigningKey][] = [
  ['RSA PKCS#1', RSA],
  ['RSA PSS', rsaKey(pss('sha256', 32))],
  ['P-256', P256],
  ['P-384', ecKey('secp384r1', ecdsa('sha384'))],
  ['P-521', ecKey('secp521r1', ecdsa('sha512'))],
]

/** What two independent verifiers make of one document: passive authentication from the bytes to the verdict. */
const TABLE: readonly [what: string, options: PassportOptions, ours: Verdict, pkijs: Verdict][] = [
  ...KEYS.flatMap(([name, dscKey]): [string, PassportOptions, Verdict, Verdict][] => [
    [name, { dscKey }, 'accepted', 'accepted'],
    [`${name}, signature changed`, { dscKey, message: { signature: flip } }, 'rejected', 'rejected'],
    [`${name}, digest of other content`, { dscKey, message: { digest: Buffer.alloc(32) } }, 'rejected', 'rejected'],
    [`${name}, signer of a stranger`, { dscKey, signer: { issuerKey: STRANGER } }, 'rejected', 'rejected'],
  ]),
  // Where pkijs gives up: explicit curve parameters, and key identifiers that are no SHA-1 of the key.
  ['explicit curve', { dscKey: ecKey('brainpoolP256r1', ecdsa('sha256'), 'explicit') }, 'accepted', 'rejected'],
  [
    'a key identifier of 32 octets',
    { signer: { extensions: [subjectKey(longIdentifier)] }, message: { identifier: byKey(longIdentifier) } },
    'accepted',
    'rejected',
  ],
  // What is a passport's business alone: the validity at the time of signing, the state in the MRZ.
  ['signed before the signer was valid', { signer: { from: '2024-06-01' } }, 'rejected', 'accepted'],
  [
    'another state’s MRZ',
    { groups: new Map([[1, Buffer.from(dg1().toString('latin1').replaceAll('UTO', 'FRA'), 'latin1')]]) },
    'rejected',
    'accepted',
  ],
]

describe('a second opinion by pkijs', () => {
  test.each(TABLE)('%s', async (_, options, ours, pkijs) => {
    const issued = passport(options)
    const verdict = (accepts: boolean): Verdict => (accepts ? 'accepted' : 'rejected')
    expect(verdict(objections(verified(issued)).length === 0)).toBe(ours)
    expect(verdict(await pkijsAccepts(issued.files, Object.values(issued.trust), AT))).toBe(pkijs)
  })

  test('finds a changed data group where we do', async () => {
    const issued = passport()
    const changed = { ...issued, files: { ...issued.files, DG1: dg1('X'.repeat(88)) } }
    expect(objections(verified(changed))).toContain('dataGroupHashes/data-group-hash-mismatch')
    expect(await pkijsAccepts(changed.files, Object.values(issued.trust), AT)).toBe(false)
  })
})

test('where there is no Go, the bench says that gmrtd was not asked', async () => {
  vi.stubEnv('PATH', '')
  expect(await askGmrtd({ repeats: 1, documents: [], lists: [] })).toMatch(/not asked.*no Go/)
  vi.unstubAllEnvs()
})
