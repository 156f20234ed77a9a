import {
  encodeOid,
  encodeTlv,
  integerBytes,
  malformed,
  octetsOf,
  oidOf,
  smallInteger,
  TAG,
  type Tlv,
  unsignedBytes,
} from '../der/index.ts'
import { CURVES, type Curve, curveByOid } from './curves.ts'

const PRIME_FIELD = '1.2.840.10045.1.1'

/** The curve that a key's parameters mean, and what was odd about how they say it. */
export interface NamedCurve {
  readonly curve: Curve
  readonly deviations: readonly string[]
}

/**
 * ECParameters (RFC 5480, 2.1.1; X9.62), named or explicit. Explicit parameters must be those of a curve in `CURVES`,
 * in every number. Throws `curve-unknown` otherwise, `ec-parameters-malformed`, or a DER fault.
 */
export function readCurve(parameters: Tlv | undefined): NamedCurve {
  if (parameters?.tag === TAG.objectIdentifier) {
    const curve = curveByOid(oidOf(parameters))
    if (!curve) throw malformed('curve-unknown', 'an elliptic curve that ICAO 9303-12 does not allow')
    return { curve, deviations: [] }
  }
  if (parameters?.tag !== TAG.sequence) throw malformed('ec-parameters-malformed', 'no elliptic curve is given')
  return readExplicitCurve(parameters)
}

/**
 * SubjectPublicKeyInfo (RFC 5480, 2) of a point on a named curve: the one form of an EC key that OpenSSL is ever given.
 */
export function encodeEcKey(curve: Curve, point: Uint8Array): Buffer {
  const algorithm = encodeTlv(TAG.sequence, EC_PUBLIC_KEY, encodeOid(curve.oid))
  return encodeTlv(TAG.sequence, algorithm, encodeTlv(TAG.bitString, Buffer.of(0), point))
}

/** SpecifiedECDomain (SEC 1, C.2): version, field, curve, base point, order, and perhaps the cofactor and a hash. */
function readExplicitCurve(parameters: Tlv): NamedCurve {
  const reader = parameters.reader()
  smallInteger(reader.take(TAG.integer, 'the version of the curve parameters'))
  const field = reader.take(TAG.sequence, 'the field').reader()
  if (oidOf(field.next()) !== PRIME_FIELD) throw malformed('curve-unknown', 'a curve that is not over a prime field')
  const prime = hex(unsignedBytes(field.next()))
  field.finish('the field')

  const equation = reader.take(TAG.sequence, 'the curve equation').reader()
  const a = hex(octetsOf(equation.next()))
  const b = hex(octetsOf(equation.next()))
  equation.takeOptional(TAG.bitString) // the seed proves nothing here
  equation.finish('the curve equation')

  const base = octetsOf(reader.next())
  const order = hex(unsignedBytes(reader.next()))
  const cofactor = reader.takeOptional(TAG.integer)
  reader.takeOptional(TAG.sequence) // the hash that made the seed
  reader.finish('the curve parameters')

  const curve = CURVES.find((known) => known.prime === prime && known.a === a && known.b === b && known.order === order)
  if (!curve || !isBasePoint(base, curve)) {
    throw malformed('curve-unknown', 'explicit parameters that are not those of a curve of ICAO 9303-12')
  }
  if (cofactor && hex(integerBytes(cofactor)) !== '01') throw malformed('curve-unknown', 'a cofactor other than 1')
  return { curve, deviations: cofactor ? [] : ['ec-params-cofactor-missing'] }
}

/** The base point, uncompressed or compressed (SEC 1, 2.3.3). */
function isBasePoint(point: Uint8Array, curve: Curve): boolean {
  const x = hex(point.subarray(1, 1 + curve.size))
  if (x !== curve.x) return false
  if (point[0] === 4) return point.length === 1 + 2 * curve.size && hex(point.subarray(1 + curve.size)) === curve.y
  const parity = Number.parseInt(curve.y.at(-1)!, 16) & 1
  return point.length === 1 + curve.size && point[0] === 2 + parity
}

/** Hexadecimal without leading zero octets, as the table of curves has it. */
function hex(bytes: Uint8Array): string {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start).toString('hex')
}

const EC_PUBLIC_KEY = encodeOid('1.2.840.10045.2.1')
