import { createPublicKey, type KeyObject } from 'node:crypto'
import { Fault } from '../../check/index.ts'
import { bitStringOctets, malformed, openDer, TAG, type Tlv, unsignedBytes } from '../der/index.ts'
import { isAbsentOrNull, RSA_PSS, type RsaPss, readAlgorithmIdentifier, readPssParameters } from './algorithm.ts'
import { CURVES, type Curve } from './curves.ts'
import { encodeEcKey, readCurve } from './ec-parameters.ts'

/** ICAO 9303-12, 4.4.1, asks for 2048 bits and more of new keys; 1024 occur in old document signers. */
export const MIN_MODULUS_BITS = 1024
/** Verification grows with the square of the length; nobody issues longer keys. */
export const MAX_MODULUS_BITS = 8192
/** Real exponents fit into 32 bits; long ones would make verification as slow as signing. */
const MAX_EXPONENT_BITS = 64

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'

export interface RsaPublicKey {
  readonly kind: 'rsa'
  readonly key: KeyObject
  readonly modulusBits: number
  /** The key says of itself that it makes PSS signatures alone (RFC 4055, 1.2). */
  readonly pssOnly: boolean
  /** The parameters that the key allows alone, where it names any. */
  readonly pss?: RsaPss
  readonly deviations: readonly string[]
}

export interface EcPublicKey {
  readonly kind: 'ec'
  readonly key: KeyObject
  readonly curve: Curve
  readonly deviations: readonly string[]
}

export type PublicKey = RsaPublicKey | EcPublicKey

/**
 * SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). Throws `key-unsupported`, `key-malformed`, `key-size`, `curve-unknown`, or
 * a DER fault.
 */
export function readPublicKey(spki: Tlv): PublicKey {
  const reader = spki.reader()
  const { oid, parameters } = readAlgorithmIdentifier(reader.next())
  const bits = bitStringOctets(reader.take(TAG.bitString, 'the public key'))
  reader.finish('a public key')
  switch (oid) {
    case RSA_ENCRYPTION:
      if (!isAbsentOrNull(parameters)) throw malformed('key-malformed', 'an RSA key with parameters')
      return readRsaKey(bits)
    case RSA_PSS: {
      const pss = isAbsentOrNull(parameters) ? {} : { pss: readPssParameters(parameters) }
      return { ...readRsaKey(bits), pssOnly: true, ...pss }
    }
    case EC_PUBLIC_KEY: {
      const { curve, deviations } = readCurve(parameters)
      return { kind: 'ec', key: importEcPoint(curve, bits), curve, deviations }
    }
    default:
      throw new Fault('key-unsupported', 'unsupported', `a public key of the kind ${oid}`)
  }
}

/**
 * The key of a SubjectPublicKeyInfo whose point lies on another curve of ICAO 9303-12 than the one it names; undefined where
 * it lies on none, or is no point. A point of one curve lies on another by no accident that anyone will see. Throws a DER
 * fault.
 */
export function readMislabelledKey(spki: Tlv): EcPublicKey | undefined {
  const reader = spki.reader()
  if (readAlgorithmIdentifier(reader.next()).oid !== EC_PUBLIC_KEY) return undefined
  const point = bitStringOctets(reader.next())
  for (const curve of CURVES) {
    try {
      return { kind: 'ec', key: importEcPoint(curve, point), curve, deviations: [] }
    } catch {} // not on this one
  }
  return undefined
}

/** RSAPublicKey (RFC 8017, A.1.1). Imported as PKCS #1: forty times cheaper than as SubjectPublicKeyInfo. */
function readRsaKey(pkcs1: Uint8Array): RsaPublicKey {
  const reader = openDer(pkcs1, 'an RSA key').reader()
  const modulus = unsignedBytes(reader.next())
  const exponent = unsignedBytes(reader.next())
  reader.finish('an RSA key')
  const modulusBits = bitLength(modulus)
  if (modulusBits < MIN_MODULUS_BITS || modulusBits > MAX_MODULUS_BITS) {
    throw malformed('key-size', `an RSA modulus of ${modulusBits} bits`)
  }
  const odd = (modulus.at(-1)! & 1) === 1 && (exponent.at(-1)! & 1) === 1
  if (!odd || bitLength(exponent) < 2 || bitLength(exponent) > MAX_EXPONENT_BITS) {
    throw malformed('key-malformed', 'an RSA key that cannot be one')
  }
  const key = importKey(() => createPublicKey({ key: asBuffer(pkcs1), format: 'der', type: 'pkcs1' }))
  return { kind: 'rsa', key, modulusBits, pssOnly: false, deviations: [] }
}

/** A point (SEC 1, 2.3.3, not the hybrid form) as a key; OpenSSL checks that it lies on the curve. */
export function importEcPoint(curve: Curve, point: Uint8Array): KeyObject {
  const uncompressed = point[0] === 4 && point.length === 1 + 2 * curve.size
  const compressed = (point[0] === 2 || point[0] === 3) && point.length === 1 + curve.size
  if (!uncompressed && !compressed) throw malformed('key-malformed', 'a public key that is no point of its curve')
  return importKey(() => createPublicKey({ key: encodeEcKey(curve, point), format: 'der', type: 'spki' }))
}

function importKey(create: () => KeyObject): KeyObject {
  try {
    return create()
  } catch (cause) {
    throw new Fault('key-malformed', 'malformed', 'a public key that cannot be used', { cause })
  }
}

const bitLength = (magnitude: Uint8Array): number => magnitude.length * 8 - Math.clz32(magnitude[0]!) + 24

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
