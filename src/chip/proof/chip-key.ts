import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { encodeTlv, malformed, oidOf, openDer, smallInteger, TAG, type Tlv, unsignedBytes } from '../der/index.ts'

/** Diffie-Hellman keys up to 4096 bits with their parameters; explicit curve parameters are shorter. */
const MAX_KEY_OCTETS = 4_096
/** A modulus beyond this would buy time with our processor, not security. */
const MAX_DH_MODULUS_OCTETS = 512

const DH_PKCS3 = '1.2.840.113549.1.3.1'
const DH_X942 = '1.2.840.10046.2.1'
const STANDARDISED_PARAMETERS = '0.4.0.127.0.7.1.2'

/** Object identifiers' content octets, for algorithm identifiers that are written anew. */
const PKCS3_OID = Buffer.from('2a864886f70d010301', 'hex')
const EC_PUBLIC_KEY_OID = Buffer.from('2a8648ce3d0201', 'hex')

/** Standardised elliptic curves by number (ICAO 9303-11, 9.5.1), as content octets of their identifiers. */
const STANDARDISED_CURVES: Readonly<Record<number, string>> = {
  8: '2a8648ce3d030101',
  9: '2b2403030208010103',
  10: '2b81040021',
  11: '2b2403030208010105',
  12: '2a8648ce3d030107',
  13: '2b2403030208010107',
  14: '2b2403030208010109',
  15: '2b81040022',
  16: '2b240303020801010b',
  17: '2b240303020801010d',
  18: '2b81040023',
}

/**
 * Imports the chip's SubjectPublicKeyInfo for key agreement. Explicit curve parameters must be those of a
 * curve that has a name: with a foreign generator anyone could make a private key to a public one (CVE-2020-0601).
 * Throws `proof-key` when it is no key, too large, or on no known curve.
 */
export function importPublicKey(spki: Uint8Array): KeyObject {
  return importKey(spki, () => {
    const [algorithm, key] = openDer(spki, 'the public key').children()
    const der = encodeTlv(TAG.sequence, knownAlgorithm(algorithm!), key!.encoding)
    return createPublicKey({ key: der, format: 'der', type: 'spki' })
  })
}

/** Imports the terminal's ephemeral key (PKCS #8, DER), which is ours. Throws `proof-key`. */
export function importPrivateKey(pkcs8: Uint8Array): KeyObject {
  return importKey(pkcs8, () => {
    const [version, algorithm, key] = openDer(pkcs8, 'the private key').children()
    const der = encodeTlv(TAG.sequence, version!.encoding, knownAlgorithm(algorithm!), key!.encoding)
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  })
}

function importKey(der: Uint8Array, read: () => KeyObject): KeyObject {
  if (der.length > MAX_KEY_OCTETS) throw malformed('proof-key', 'a key larger than any chip holds')
  let key: KeyObject
  try {
    key = read()
  } catch {
    throw malformed('proof-key', 'a key that cannot be read')
  }
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (key.asymmetricKeyType === 'ec' && (curve === undefined || curve === 'UNDEF')) {
    throw malformed('proof-key', 'a key on a curve that has no name')
  }
  return key
}

/**
 * An AlgorithmIdentifier as OpenSSL takes it: X9.42 Diffie-Hellman becomes PKCS #3, a standardised curve gets its name;
 * everything else stays as it is.
 */
function knownAlgorithm(algorithm: Tlv): Uint8Array {
  const [identifier, parameters] = algorithm.children()
  const oid = oidOf(identifier!)
  if (oid === DH_PKCS3 || oid === DH_X942) {
    const [p, g] = parameters!.children()
    if (unsignedBytes(p!).length > MAX_DH_MODULUS_OCTETS) throw malformed('proof-key', 'a modulus that is too large')
    const group = encodeTlv(TAG.sequence, p!.encoding, g!.encoding)
    return encodeTlv(TAG.sequence, encodeTlv(TAG.objectIdentifier, PKCS3_OID), group)
  }
  if (oid !== STANDARDISED_PARAMETERS) return algorithm.encoding
  const curve = STANDARDISED_CURVES[smallInteger(parameters!)]
  if (curve === undefined) throw malformed('proof-key', 'domain parameters without a known curve')
  const name = encodeTlv(TAG.objectIdentifier, Buffer.from(curve, 'hex'))
  return encodeTlv(TAG.sequence, encodeTlv(TAG.objectIdentifier, EC_PUBLIC_KEY_OID), name)
}
