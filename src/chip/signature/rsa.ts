import { constants, type KeyObject, publicDecrypt, verify } from 'node:crypto'
import { encodeOid, encodeTlv, TAG } from '../der/index.ts'
import type { RsaPss } from './algorithm.ts'
import { digest, HASH_OIDS, type HashName } from './hash.ts'
import { emsaPssVerify } from './pss.ts'
import type { RsaPublicKey } from './public-key.ts'
import { INVALID, type SignatureVerdict } from './verdict.ts'

/**
 * RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2). OpenSSL compares the whole block with the one right encoding; the second
 * allowed encoding, whose DigestInfo leaves out the NULL (RFC 8017, A.2.4), is compared here, byte for byte. Anything
 * more generous is Bleichenbacher's forgery for e = 3.
 */
export function verifyRsaPkcs1(
  { key, modulusBits }: RsaPublicKey,
  hash: HashName,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureVerdict {
  const padding = constants.RSA_PKCS1_PADDING
  if (verify(hash, data, { key, padding }, signature)) return { valid: true, deviations: [] }
  const block = recover(key, signature)
  const expected = pkcs1BlockWithoutNull(hash, digest(hash, data), Math.ceil(modulusBits / 8))
  return block?.equals(expected) ? { valid: true, deviations: ['pkcs1-digestinfo-no-null'] } : INVALID
}

/** RSASSA-PSS (RFC 8017, 8.1.2) with exactly the salt length that the parameters name. */
export function verifyRsaPss(
  { key, modulusBits }: RsaPublicKey,
  { hash, maskHash, saltLength }: RsaPss,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureVerdict {
  if (hash === maskHash) {
    const valid = verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
    return valid ? { valid, deviations: [] } : INVALID
  }
  const block = recover(key, signature)
  const valid =
    block !== undefined && emsaPssVerify(block, modulusBits - 1, digest(hash, data), { hash, maskHash, saltLength })
  return valid ? { valid, deviations: ['pss-mgf-hash-differs'] } : INVALID
}

/** The signature raised to the public exponent, as long as the modulus; undefined where it is not below the modulus. */
function recover(key: KeyObject, signature: Uint8Array): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return undefined
  }
}

const oidOfHash = (hash: HashName): string => [...HASH_OIDS].find(([, name]) => name === hash)![0]

/** EMSA-PKCS1-v1_5 (RFC 8017, 9.2): 00 01 FF .. FF 00 DigestInfo. */
function pkcs1BlockWithoutNull(hash: HashName, hashed: Uint8Array, length: number): Buffer {
  const algorithm = encodeTlv(TAG.sequence, encodeOid(oidOfHash(hash)))
  const info = encodeTlv(TAG.sequence, algorithm, encodeTlv(TAG.octetString, hashed))
  const block = Buffer.alloc(length, 0xff)
  block[0] = 0
  block[1] = 1
  block[length - info.length - 1] = 0
  info.copy(block, length - info.length)
  return block
}
