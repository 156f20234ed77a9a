import { verify } from 'node:crypto'
import type { RsaPss, SignatureAlgorithm } from './algorithm.ts'
import type { HashName } from './hash.ts'
import type { EcPublicKey, PublicKey, RsaPublicKey } from './public-key.ts'
import { verifyRsaPkcs1, verifyRsaPss } from './rsa.ts'
import { INVALID, type SignatureVerdict } from './verdict.ts'

/**
 * Verifies a signature over `data` with the algorithms of ICAO 9303-12, 4.4. An algorithm that leaves the hash to its
 * surroundings must have been given one (`withHash`). The codes of a refusal: `signature-invalid`,
 * `key-algorithm-mismatch` (the key is not of the algorithm's kind, or not for its hash), `hash-missing`.
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureVerdict {
  const mismatch: SignatureVerdict = { valid: false, code: 'key-algorithm-mismatch' }
  switch (algorithm.kind) {
    case 'rsa-pkcs1':
      if (key.kind !== 'rsa' || key.pssOnly) return mismatch
      if (!algorithm.hash) return { valid: false, code: 'hash-missing' }
      return verifyRsaPkcs1(key, algorithm.hash, data, signature)
    case 'rsa-pss':
      return key.kind === 'rsa' && allows(key, algorithm) ? verifyRsaPss(key, algorithm, data, signature) : mismatch
    case 'ecdsa':
      if (key.kind !== 'ec') return mismatch
      return verifyEcdsa(key, algorithm.hash, algorithm.encoding, data, signature)
  }
}

/**
 * A key that names hash and mask may be used with no others (RFC 4055, 3.1). Its salt length is a minimum that signers
 * undercut, and the salt binds nothing.
 */
function allows({ pss }: RsaPublicKey, { hash, maskHash }: RsaPss): boolean {
  return !pss || pss.defaulted || (pss.hash === hash && pss.maskHash === maskHash)
}

/**
 * ECDSA (FIPS 186-4, 6). The object identifier decides how r and s are written: as a DER sequence (RFC 3279, 2.2.3),
 * or side by side and as long as the order (BSI TR-03111, 5.2.1). Longer hashes are cut to the order's length.
 */
function verifyEcdsa(
  { key }: EcPublicKey,
  hash: HashName,
  encoding: 'der' | 'plain',
  data: Uint8Array,
  signature: Uint8Array,
): SignatureVerdict {
  const dsaEncoding = encoding === 'der' ? 'der' : 'ieee-p1363'
  return verify(hash, data, { key, dsaEncoding }, signature) ? { valid: true, deviations: [] } : INVALID
}

/** The algorithm with the hash that its surroundings name, where it names none: rsaEncryption (RFC 3370, 3.2). */
export function withHash(algorithm: SignatureAlgorithm, hash: HashName): SignatureAlgorithm {
  return algorithm.hash === undefined ? { ...algorithm, hash } : algorithm
}
