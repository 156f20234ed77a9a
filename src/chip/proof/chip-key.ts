import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import {
  encodeOid,
  encodeTlv,
  malformed,
  oidOf,
  openDer,
  smallInteger,
  TAG,
  type Tlv,
  unsignedBytes,
} from '../der/index.ts'
import { readCurve } from '../signature/index.ts'
import { STANDARDISED_GROUPS } from './diffie-hellman-groups.ts'

/** Diffie-Hellman keys up to 4096 bits with their parameters; explicit curve parameters are shorter. */
const MAX_KEY_OCTETS = 4_096
/** A modulus beyond this would buy time with our processor, not security. */
const MAX_DH_MODULUS_OCTETS = 512

const DH_PKCS3 = '1.2.840.113549.1.3.1'
const DH_X942 = '1.2.840.10046.2.1'
const STANDARDISED_PARAMETERS = '0.4.0.127.0.7.1.2'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'

/** Standardised elliptic curves by number (ICAO 9303-11, 9.5.1), as object identifiers. */
export const STANDARDISED_CURVES: Readonly<Record<number, string>> = {
  8: '1.2.840.10045.3.1.1',
  9: '1.3.36.3.3.2.8.1.1.3',
  10: '1.3.132.0.33',
  11: '1.3.36.3.3.2.8.1.1.5',
  12: '1.2.840.10045.3.1.7',
  13: '1.3.36.3.3.2.8.1.1.7',
  14: '1.3.36.3.3.2.8.1.1.9',
  15: '1.3.132.0.34',
  16: '1.3.36.3.3.2.8.1.1.11',
  17: '1.3.36.3.3.2.8.1.1.13',
  18: '1.3.132.0.35',
}

/**
 * Imports the chip's SubjectPublicKeyInfo for key agreement. Explicit curve parameters must be those of a curve that
 * ICAO allows: with a foreign generator anyone could make a private key to a public one (CVE-2020-0601).
 * Throws `proof-key` when it is no key, too large, or on no known curve.
 */
export function importPublicKey(spki: Uint8Array): KeyObject {
  return importKey(spki, () => {
    const [algorithm, key] = openDer(spki, 'the public key').children()
    const der = encodeTlv(TAG.sequence, knownAlgorithm(algorithm!), key!.encoding)
    return createPublicKey({ key: der, format: 'der', type: 'spki' })
  })
}

/** Imports the terminal's ephemeral key (PKCS #8: RFC 5958, DER), which is ours. Throws `proof-key`. */
export function importPrivateKey(pkcs8: Uint8Array): KeyObject {
  return importKey(pkcs8, () => {
    const [version, algorithm, key] = openDer(pkcs8, 'the private key').children()
    const der = encodeTlv(TAG.sequence, version!.encoding, knownAlgorithm(algorithm!), key!.encoding)
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  })
}

function importKey(der: Uint8Array, read: () => KeyObject): KeyObject {
  if (der.length > MAX_KEY_OCTETS) throw malformed('proof-key', 'a key larger than any chip holds')
  try {
    return read()
  } catch {
    throw malformed('proof-key', 'a key that cannot be read')
  }
}

/** The curve of a SubjectPublicKeyInfo as an object identifier; undefined when it is of none that ICAO allows. */
export function curveOfKey(spki: Uint8Array): string | undefined {
  try {
    return curveOf(openDer(spki, 'the public key').children()[0]!)
  } catch {
    return undefined
  }
}

/**
 * The curve that an AlgorithmIdentifier means by name, by number or by its parameters; undefined when it means none.
 */
function curveOf(algorithm: Tlv): string | undefined {
  const [identifier, parameters] = algorithm.children()
  switch (oidOf(identifier!)) {
    case STANDARDISED_PARAMETERS:
      return STANDARDISED_CURVES[smallInteger(parameters!)]
    case EC_PUBLIC_KEY:
      return parameters?.tag === TAG.sequence ? readCurve(parameters).curve.oid : oidOf(parameters!)
    default:
      return undefined
  }
}

/**
 * An AlgorithmIdentifier as OpenSSL takes it: Diffie-Hellman of X9.42 or by number becomes PKCS #3, a curve gets its
 * name.
 */
function knownAlgorithm(algorithm: Tlv): Uint8Array {
  const curve = curveOf(algorithm)
  if (curve !== undefined) return encodeTlv(TAG.sequence, encodeOid(EC_PUBLIC_KEY), encodeOid(curve))
  const [identifier, parameters] = algorithm.children()
  switch (oidOf(identifier!)) {
    case DH_PKCS3:
    case DH_X942: {
      const [p, g] = parameters!.children()
      return groupAlgorithm(unsignedBytes(p!), unsignedBytes(g!))
    }
    case STANDARDISED_PARAMETERS: {
      const group = STANDARDISED_GROUPS[smallInteger(parameters!)]
      if (!group) throw malformed('proof-key', 'domain parameters that have no such number')
      return groupAlgorithm(Buffer.from(group.prime, 'hex'), Buffer.from(group.generator, 'hex'))
    }
    default:
      throw malformed('proof-key', 'a key of another kind')
  }
}

function groupAlgorithm(prime: Uint8Array, generator: Uint8Array): Buffer {
  if (prime.length > MAX_DH_MODULUS_OCTETS) throw malformed('proof-key', 'a modulus that is too large')
  const group = encodeTlv(TAG.sequence, positive(prime), positive(generator))
  return encodeTlv(TAG.sequence, encodeOid(DH_PKCS3), group)
}

/** INTEGER from a magnitude without leading zeros. */
const positive = (magnitude: Uint8Array): Buffer =>
  encodeTlv(TAG.integer, magnitude[0]! >= 0x80 ? Buffer.of(0) : Buffer.alloc(0), magnitude)
