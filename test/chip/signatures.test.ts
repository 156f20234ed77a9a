import { describe, expect, test } from 'vitest'
import { encodeTlv, openDer } from '../../src/chip/der/index.ts'
import { integer, oid, seq } from './issuing/der.ts'
import {
  defaultPss,
  ecdsa,
  ecKey,
  nakedRsa,
  pkcs1,
  pkcs1WithoutNull,
  plainEcdsa,
  pss,
  pssKey,
  rsaKey,
  type SigningKey,
  signingWith,
  withParameters,
} from './issuing/keys.ts'
import type { PassportOptions } from './issuing/passport.ts'
import { objections, oddities, report } from './judging.ts'

const RSA = rsaKey(pkcs1('sha256'))
const RSA_E3 = rsaKey(pkcs1('sha256'), 2048, 3)
const RSA_1024 = rsaKey(pkcs1('sha1'), 1024)
const BRAINPOOL = ecKey('brainpoolP256r1', ecdsa('sha256'), 'explicit')

const signedBy = (dscKey: SigningKey, more: PassportOptions = {}) => report({ dscKey, ...more })

describe('genuine signatures are accepted', () => {
  test.each<[string, SigningKey, string[]]>([
    ['RSA PKCS#1, SHA-256', RSA, []],
    ['RSA PKCS#1, SHA-512', signingWith(RSA, pkcs1('sha512')), []],
    ['RSA PKCS#1, SHA-224', signingWith(RSA, pkcs1('sha224')), []],
    ['RSA-1024, SHA-1', RSA_1024, []],
    ['RSA, e = 3', RSA_E3, []],
    ['rsaEncryption, hash from the digest algorithm', signingWith(RSA, nakedRsa('sha384')), []],
    ['PKCS#1 without NULL', signingWith(RSA, pkcs1WithoutNull('sha256')), ['pkcs1-digestinfo-no-null']],
    ['PSS, salt 32', signingWith(RSA, pss('sha256', 32)), []],
    ['PSS, salt 0', signingWith(RSA, pss('sha256', 0)), []],
    ['PSS, salt 64', signingWith(RSA, pss('sha512', 64)), []],
    ['PSS, the longest salt', signingWith(RSA, pss('sha256', 222)), []],
    ['PSS, no parameters', signingWith(RSA, defaultPss()), []],
    ['PSS, empty parameters', signingWith(RSA, defaultPss(seq())), []],
    ['PSS, MGF1 with another hash', signingWith(RSA, pss('sha256', 32, 'sha1')), ['pss-mgf-hash-differs']],
    ['PSS, MGF1 with another hash, no salt', signingWith(RSA, pss('sha512', 0, 'sha256')), ['pss-mgf-hash-differs']],
    ['ECDSA P-224', ecKey('secp224r1', ecdsa('sha224')), []],
    ['ECDSA P-256, hash longer than the curve', ecKey('prime256v1', ecdsa('sha512')), []],
    ['ECDSA P-521, hash shorter than the curve', ecKey('secp521r1', ecdsa('sha1')), []],
    ['ECDSA brainpoolP256r1, explicit', BRAINPOOL, []],
    ['ECDSA P-384, explicit with seed', ecKey('secp384r1', ecdsa('sha384'), 'explicit'), []],
    ['ECDSA brainpoolP512r1', ecKey('brainpoolP512r1', ecdsa('sha512')), []],
    ['ECDSA brainpoolP320r1', ecKey('brainpoolP320r1', ecdsa('sha256'), 'explicit'), []],
    ...['256', '320', '384', '512'].map((size): [string, SigningKey, string[]] => [
      `ECDSA brainpoolP${size}t1, the twisted curve`,
      ecKey(`brainpoolP${size}t1`, ecdsa('sha256'), size === '320' ? 'explicit' : 'named'),
      [],
    ]),
    ['ECDSA brainpoolP224t1, explicit', ecKey('brainpoolP224t1', ecdsa('sha224'), 'explicit'), []],
    ['ecdsa-plain on P-521', ecKey('secp521r1', plainEcdsa('sha512')), []],
    ['a key for PSS alone that names no parameters', pssKey(pss('sha256', 32)), []],
    [
      'a key for PSS alone that names its hash, and a shorter salt than it asks for',
      pssKey(pss('sha256', 20), 'sha256'),
      [],
    ],
    ['RSA-3072', rsaKey(pkcs1('sha384'), 3072), []],
    ['RSA of 2047 bits, PSS', rsaKey(pss('sha256', 32), 2047), []],
    ['ecdsa-plain', ecKey('brainpoolP224r1', plainEcdsa('sha1')), []],
    ['no cofactor', withParameters(BRAINPOOL, (p) => p.slice(0, 5)), ['ec-params-cofactor-missing']],
  ])('%s', (_, key, deviations) => {
    const judged = signedBy(key)
    expect(objections(judged)).toEqual([])
    expect(oddities(judged)).toEqual(deviations)
  })

  test('data groups hashed otherwise than the signer signs', () => {
    for (const groupHash of ['sha1', 'sha224', 'sha384', 'sha512']) {
      expect(objections(signedBy(RSA, { groupHash }))).toEqual([])
    }
  })

  test('PSS without parameters beside a digest of SHA-256 is odd, not wrong', () => {
    const judged = signedBy(signingWith(RSA, defaultPss()), { message: { digestHash: 'sha256' } })
    expect(objections(judged)).toEqual([])
    expect(oddities(judged)).toEqual(['pss-hash-defaulted'])
  })

  test('compressed base point', () => {
    const compressed = withParameters(BRAINPOOL, ([version, field, curve, base, ...rest]) => {
      const y = base!.at(-1)!
      return [version!, field!, curve!, encodeTlv(4, Buffer.of(2 + (y & 1)), base!.subarray(3, 35)), ...rest]
    })
    expect(objections(signedBy(compressed))).toEqual([])
  })
})

describe('forged signatures are refused', () => {
  const garbled = (change: (block: Buffer) => void) =>
    signingWith(
      RSA_E3,
      pkcs1WithoutNull('sha256', (block) => {
        change(block)
        return block
      }),
    )

  test.each<[string, SigningKey]>([
    ['a padding octet other than FF', garbled((block) => block.fill(0xfe, 5, 6))],
    [
      'the digest moved up and garbage behind it, as for e = 3',
      signingWith(
        RSA_E3,
        pkcs1WithoutNull('sha256', (block) =>
          Buffer.concat([
            block.subarray(0, 10),
            block.subarray(block.indexOf(0, 2)),
            Buffer.alloc(block.indexOf(0, 2) - 10, 0x77),
          ]),
        ),
      ),
    ],
    ['another block type', garbled((block) => block.fill(2, 1, 2))],
  ])('PKCS#1: %s', (_, key) => {
    expect(objections(signedBy(key))).toEqual(['sodSignature/signature-invalid'])
  })

  test('the salt is not as long as the parameters say', () => {
    const lying = { ...pss('sha256', 32), identifier: pss('sha256', 20).identifier }
    expect(objections(signedBy(signingWith(RSA, lying)))).toEqual(['sodSignature/signature-invalid'])
    const masked = { ...pss('sha256', 32, 'sha1'), identifier: pss('sha256', 20, 'sha1').identifier }
    expect(objections(signedBy(signingWith(RSA, masked)))).toEqual(['sodSignature/signature-invalid'])
  })

  test('r and s side by side under the identifier of DER', () => {
    const raw = { ...plainEcdsa('sha256'), identifier: ecdsa('sha256').identifier }
    expect(objections(signedBy(ecKey('prime256v1', raw)))).toEqual(['sodSignature/signature-invalid'])
  })

  test('a hash in the signature that is not the digest algorithm’s', () => {
    const judged = signedBy(signingWith(RSA, pkcs1('sha512')), { message: { digestHash: 'sha256' } })
    expect(objections(judged)).toEqual(['sodSignature/digest-algorithm-mismatch'])
    const masked = signedBy(signingWith(RSA, pss('sha512', 32)), { message: { digestHash: 'sha256' } })
    expect(objections(masked)).toEqual(['sodSignature/digest-algorithm-mismatch'])
  })

  test('an RSA identifier over an elliptic curve key', () => {
    const mixed = { ...ecdsa('sha256'), identifier: pkcs1('sha256').identifier }
    expect(objections(signedBy(ecKey('prime256v1', mixed)))).toEqual(['sodSignature/key-algorithm-mismatch'])
  })

  test('a key for PSS alone: PKCS#1, and another hash than its own', () => {
    expect(objections(signedBy(pssKey(pkcs1('sha256'))))).toEqual(['sodSignature/key-algorithm-mismatch'])
    expect(objections(signedBy(pssKey(pss('sha256', 32), 'sha512')))).toEqual(['sodSignature/key-algorithm-mismatch'])
  })

  test.each([0, 1, 63, 65, 128])('ecdsa-plain with a signature of %i octets', (length) => {
    const cut = { ...plainEcdsa('sha256'), sign: () => Buffer.alloc(length, 1) }
    expect(objections(signedBy(ecKey('prime256v1', cut)))).toEqual(['sodSignature/signature-invalid'])
  })

  test('r and s that are zero, which hold for every message where nobody looks (CVE-2022-21449)', () => {
    const nothing = { ...ecdsa('sha256'), sign: () => seq(integer(0), integer(0)) }
    expect(objections(signedBy(ecKey('prime256v1', nothing)))).toEqual(['sodSignature/signature-invalid'])
    const plain = { ...plainEcdsa('sha256'), sign: () => Buffer.alloc(64) }
    expect(objections(signedBy(ecKey('prime256v1', plain)))).toEqual(['sodSignature/signature-invalid'])
  })

  test('an RSA signature of nothing, of one, or as long as the modulus is not', () => {
    for (const signature of [Buffer.alloc(0), Buffer.alloc(256), Buffer.alloc(256, 0xff), Buffer.alloc(255, 1)]) {
      const made = signedBy(RSA, { message: { signature: () => signature } })
      expect(objections(made)).toEqual(['sodSignature/signature-invalid'])
    }
  })

  test('DER under the identifier of ecdsa-plain', () => {
    const der = { ...ecdsa('sha256'), identifier: plainEcdsa('sha256').identifier }
    expect(objections(signedBy(ecKey('prime256v1', der)))).toEqual(['sodSignature/signature-invalid'])
  })

  test.each<[string, (point: Buffer) => Buffer]>([
    ['a point of another curve', () => Buffer.from(BRAINPOOL.publicKey.subarray(-65))],
    ['a point off the curve', (point: Buffer) => Buffer.from(point).fill(1, 40)],
    ['a hybrid point', (point: Buffer) => Buffer.concat([Buffer.of(6 + (point.at(-1)! & 1)), point.subarray(1)])],
    ['half a point', (point: Buffer) => point.subarray(0, 40)],
    ['the point at infinity', () => Buffer.of(0)],
  ])('a key with %s', (_, change) => {
    const key = ecKey('prime256v1', ecdsa('sha256'))
    const [algorithm] = openDer(key.publicKey, 'key').children()
    const point = Buffer.from(key.publicKey.subarray(-65))
    const publicKey = seq(algorithm!.encoding, encodeTlv(3, Buffer.of(0), change(point)))
    expect(objections(signedBy({ ...key, publicKey }))).toEqual(['sodSignature/key-malformed'])
  })

  test('a curve that is none: of characteristic two, of 192 bits, of Bitcoin, inherited', () => {
    const key = ecKey('prime256v1', ecdsa('sha256'))
    const on = (parameters: Uint8Array) => {
      const [algorithm, point] = openDer(key.publicKey, 'key').children()
      const identifier = algorithm!.children()[0]!.encoding
      return { ...key, publicKey: seq(seq(identifier, parameters), point!.encoding) }
    }
    const binaryField = seq(oid('1.2.840.10045.1.2'), seq(integer(233), oid('1.2.840.10045.1.2.3.2'), integer(74)))
    const [version, , ...rest] = openDer(BRAINPOOL.publicKey, 'key').children()[0]!.children()[1]!.children()
    const binary = seq(version!.encoding, binaryField, ...rest.map(({ encoding }) => encoding))
    expect(objections(signedBy(on(binary)))).toEqual(['sodSignature/curve-unknown'])
    for (const curve of ['1.3.132.0.26', '1.2.840.10045.3.1.1', '1.3.132.0.10']) {
      expect(objections(signedBy(on(oid(curve))))).toEqual(['sodSignature/curve-unknown'])
    }
    expect(objections(signedBy(on(Buffer.of(5, 0))))).toEqual(['sodSignature/ec-parameters-malformed'])
  })

  test('MD5', () => {
    const md5 = { ...pkcs1('sha256'), identifier: seq(oid('1.2.840.113549.1.1.4')) }
    expect(objections(signedBy(signingWith(RSA, md5)))).toEqual(['sodSignature/signature-algorithm-unsupported'])
  })

  test.each<[string, (parameters: Uint8Array[]) => Uint8Array[]]>([
    ['a foreign base point', ([v, f, c, base, ...rest]) => [v!, f!, c!, swapped(base!), ...rest]],
    ['another coefficient', ([v, f, c, ...rest]) => [v!, f!, flipped(c!, 10), ...rest]],
    ['another prime', ([v, f, ...rest]) => [v!, flipped(f!, 30), ...rest]],
    ['another order', ([v, f, c, b, n, ...rest]) => [v!, f!, c!, b!, flipped(n!, 20), ...rest]],
    ['a cofactor of 2', ([v, f, c, b, n]) => [v!, f!, c!, b!, n!, integer(2)]],
  ])('explicit parameters with %s', (_, change) => {
    expect(objections(signedBy(withParameters(BRAINPOOL, change)))).toContain('sodSignature/curve-unknown')
  })

  test('the public key itself as base point, whose private key anyone knows (CVE-2020-0601)', () => {
    const point = BRAINPOOL.publicKey.subarray(-65)
    const rogue = withParameters(BRAINPOOL, ([v, f, c, , ...rest]) => [v!, f!, c!, encodeTlv(4, point), ...rest])
    expect(objections(signedBy(rogue))).toContain('sodSignature/curve-unknown')
  })

  test('RSA keys that are too short, or whose exponent would take our time', () => {
    const short = rsaKey(pkcs1('sha256'), 512)
    expect(objections(signedBy(short))).toEqual(['sodSignature/key-size'])
    const spki = seq(
      seq(oid('1.2.840.113549.1.1.1'), Buffer.of(5, 0)),
      encodeTlv(3, Buffer.of(0), seq(integer(Buffer.alloc(256, 0xff)), integer(Buffer.alloc(200, 0xff)))),
    )
    expect(objections(signedBy({ ...RSA, publicKey: spki }))).toEqual(['sodSignature/key-malformed'])
  })
})

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((octet, i) => (i === at ? octet ^ 1 : octet))

/** The point mirrored: still on the curve, but another one. */
function swapped(base: Uint8Array): Uint8Array {
  const prime = BigInt('0xa9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377')
  const y = BigInt(`0x${Buffer.from(base.subarray(-32)).toString('hex')}`)
  const mirrored = Buffer.from((prime - y).toString(16).padStart(64, '0'), 'hex')
  return Buffer.concat([base.subarray(0, base.length - 32), mirrored])
}
