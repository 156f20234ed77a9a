import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto'
import { encodeTlv, openDer } from '../../../src/chip/der/index.ts'
import { explicit, integer, nothing, oid, seq } from './der.ts'

/** A key pair as an issuer uses it: the public part as it stands in certificates, and how it signs. */
export interface SigningKey {
  readonly publicKey: Uint8Array
  readonly privateKey: KeyObject
  readonly scheme: Scheme
}

/** A signature algorithm: its identifier, and what it makes of data. */
export interface Scheme {
  readonly identifier: Uint8Array
  readonly hash: string
  sign(data: Uint8Array, key: KeyObject): Uint8Array
}

export const HASHES: Record<string, string> = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}
const PKCS1: Record<string, string> = { sha1: '5', sha224: '14', sha256: '11', sha384: '12', sha512: '13' }
const ECDSA: Record<string, string> = { sha1: '1', sha224: '3.1', sha256: '3.2', sha384: '3.3', sha512: '3.4' }
const PLAIN: Record<string, string> = { sha1: '1', sha224: '2', sha256: '3', sha384: '4', sha512: '5' }

export const pkcs1 = (hash: string): Scheme => ({
  identifier: seq(oid(`1.2.840.113549.1.1.${PKCS1[hash]}`), nothing),
  hash,
  sign: (data, key) => sign(hash, data, key),
})

/** rsaEncryption: the hash is the digest algorithm's. */
export const nakedRsa = (hash: string): Scheme => ({
  ...pkcs1(hash),
  identifier: seq(oid('1.2.840.113549.1.1.1'), nothing),
})

/** PKCS #1 v1.5 whose DigestInfo leaves out the NULL; `garble` forges its block. */
export const pkcs1WithoutNull = (hash: string, garble: (block: Buffer) => Buffer = (block) => block): Scheme => ({
  ...pkcs1(hash),
  sign: (data, key) => {
    const info = seq(seq(oid(HASHES[hash]!)), encodeTlv(4, createHash(hash).update(data).digest()))
    const size = key.asymmetricKeyDetails!.modulusLength! / 8
    const padding = Buffer.alloc(size - info.length - 3, 0xff)
    const block = garble(Buffer.concat([Buffer.of(0, 1), padding, Buffer.of(0), info]))
    return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block)
  },
})

const mgf1 = (hash: string, seed: Uint8Array, length: number) => {
  const blocks = Array.from({ length: Math.ceil(length / 20) }, (_, i) =>
    createHash(hash)
      .update(seed)
      .update(Buffer.of(0, 0, 0, i))
      .digest(),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

const pssIdentifier = (...parameters: Uint8Array[]) => seq(oid('1.2.840.113549.1.1.10'), ...parameters)

/** RSASSA-PSS; an own encoder, because the mask's hash may differ from the message's. */
export const pss = (hash: string, saltLength: number, maskHash = hash): Scheme => ({
  identifier: pssIdentifier(
    seq(
      explicit(0, seq(oid(HASHES[hash]!), nothing)),
      explicit(1, seq(oid('1.2.840.113549.1.1.8'), seq(oid(HASHES[maskHash]!), nothing))),
      explicit(2, integer(saltLength)),
    ),
  ),
  hash,
  sign: (data, key) => {
    if (hash === maskHash) return sign(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })
    const size = key.asymmetricKeyDetails!.modulusLength! / 8
    const salt = Buffer.alloc(saltLength, 0x5a)
    const hashed = createHash(hash).update(data).digest()
    const seed = createHash(hash).update(Buffer.alloc(8)).update(hashed).update(salt).digest()
    const plain = Buffer.concat([Buffer.alloc(size - seed.length - saltLength - 2), Buffer.of(1), salt])
    const mask = mgf1(maskHash, seed, plain.length)
    const masked = plain.map((octet, i) => octet ^ mask[i]!)
    masked[0]! &= 0x7f
    return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.concat([masked, seed, Buffer.of(0xbc)]))
  },
})

/** PSS with no parameters written down, or with an empty sequence: SHA-1 and 20 octets of salt. */
export const defaultPss = (...parameters: Uint8Array[]): Scheme => ({
  ...pss('sha1', 20),
  identifier: pssIdentifier(...parameters),
})

/** An RSA key whose identifier allows PSS alone; with `hash`, only that hash and salts as long as it. */
export function pssKey(scheme: Scheme, hash?: string): SigningKey {
  const key = rsaKey(scheme)
  const [, bits] = openDer(key.publicKey, 'key').children()
  const identifier = hash === undefined ? pssIdentifier() : pss(hash, createHash(hash).digest().length).identifier
  return { ...key, publicKey: seq(identifier, bits!.encoding) }
}

export const ecdsa = (hash: string): Scheme => ({
  identifier: seq(oid(`1.2.840.10045.4.${ECDSA[hash]}`)),
  hash,
  sign: (data, key) => sign(hash, data, key),
})

export const plainEcdsa = (hash: string): Scheme => ({
  identifier: seq(oid(`0.4.0.127.0.7.1.1.4.1.${PLAIN[hash]}`)),
  hash,
  sign: (data, key) => sign(hash, data, { key, dsaEncoding: 'ieee-p1363' }),
})

const spki = (key: KeyObject) => key.export({ format: 'der', type: 'spki' })

export function rsaKey(scheme: Scheme, modulusLength = 2048, publicExponent = 65537): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  return { publicKey: spki(publicKey), privateKey, scheme }
}

export function ecKey(namedCurve: string, scheme: Scheme, paramEncoding: 'named' | 'explicit' = 'named'): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve, paramEncoding })
  return { publicKey: spki(publicKey), privateKey, scheme }
}

/** The same key under another scheme. */
export const signingWith = (key: SigningKey, scheme: Scheme): SigningKey => ({ ...key, scheme })

/** The same key with its explicit curve parameters changed. */
export function withParameters(key: SigningKey, change: (parameters: Uint8Array[]) => Uint8Array[]): SigningKey {
  const [algorithm, point] = openDer(key.publicKey, 'key').children()
  const [identifier, parameters] = algorithm!.children()
  const changed = change(parameters!.children().map(({ encoding }) => encoding))
  return { ...key, publicKey: seq(seq(identifier!.encoding, seq(...changed)), point!.encoding) }
}
