import { Fault } from '../../check/index.ts'
import { contextTag, malformed, oidOf, onlyChild, smallInteger, TAG, type Tlv } from '../der/index.ts'
import { HASH_OIDS, type HashName } from './hash.ts'

/** An AlgorithmIdentifier (RFC 5280, 4.1.1.2) as it stands. */
export interface AlgorithmIdentifier {
  readonly oid: string
  readonly parameters: Tlv | undefined
  /** The whole encoding, for comparisons. */
  readonly encoding: Uint8Array
}

/** What a signature was made with. `hash` is undefined where the identifier leaves it to its surroundings. */
export type SignatureAlgorithm =
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashName | undefined }
  | RsaPss
  | { readonly kind: 'ecdsa'; readonly hash: HashName; readonly encoding: 'der' | 'plain' }

/** RSASSA-PSS with its parameters (RFC 4055, 3.1). `defaulted`: the hash was not written down, so it is SHA-1. */
export interface RsaPss {
  readonly kind: 'rsa-pss'
  readonly hash: HashName
  readonly maskHash: HashName
  /** Octets. */
  readonly saltLength: number
  readonly defaulted: boolean
}

/** The object identifier of RSASSA-PSS, for signatures and for keys that make no others. */
export const RSA_PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'
const PSS_TRAILER_BC = 1
/** A salt longer than the longest modulus is a lie. */
const MAX_SALT_LENGTH = 1024

/** RFC 3279, RFC 4055, RFC 5758, and BSI TR-03111, 5.2.1 (ecdsa-plain). */
const SIGNATURE_OIDS: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['1.2.840.113549.1.1.1', { kind: 'rsa-pkcs1', hash: undefined }],
  ['1.2.840.113549.1.1.5', { kind: 'rsa-pkcs1', hash: 'sha1' }],
  ['1.3.14.3.2.29', { kind: 'rsa-pkcs1', hash: 'sha1' }],
  ['1.2.840.113549.1.1.14', { kind: 'rsa-pkcs1', hash: 'sha224' }],
  ['1.2.840.113549.1.1.11', { kind: 'rsa-pkcs1', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { kind: 'rsa-pkcs1', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { kind: 'rsa-pkcs1', hash: 'sha512' }],
  ['1.2.840.10045.4.1', { kind: 'ecdsa', hash: 'sha1', encoding: 'der' }],
  ['1.2.840.10045.4.3.1', { kind: 'ecdsa', hash: 'sha224', encoding: 'der' }],
  ['1.2.840.10045.4.3.2', { kind: 'ecdsa', hash: 'sha256', encoding: 'der' }],
  ['1.2.840.10045.4.3.3', { kind: 'ecdsa', hash: 'sha384', encoding: 'der' }],
  ['1.2.840.10045.4.3.4', { kind: 'ecdsa', hash: 'sha512', encoding: 'der' }],
  ['0.4.0.127.0.7.1.1.4.1.1', { kind: 'ecdsa', hash: 'sha1', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.2', { kind: 'ecdsa', hash: 'sha224', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.3', { kind: 'ecdsa', hash: 'sha256', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.4', { kind: 'ecdsa', hash: 'sha384', encoding: 'plain' }],
  ['0.4.0.127.0.7.1.1.4.1.5', { kind: 'ecdsa', hash: 'sha512', encoding: 'plain' }],
] as const)

/** Reads an AlgorithmIdentifier (RFC 5280, 4.1.1.2). Throws `algorithm-malformed` or a DER fault. */
export function readAlgorithmIdentifier(element: Tlv): AlgorithmIdentifier {
  if (element.tag !== TAG.sequence) throw malformed('algorithm-malformed', 'an algorithm identifier was expected')
  const reader = element.reader()
  const oid = oidOf(reader.next())
  const parameters = reader.atEnd ? undefined : reader.next()
  reader.finish('an algorithm identifier')
  return { oid, parameters, encoding: element.encoding }
}

/** The hash that a DigestAlgorithmIdentifier names (RFC 5754, 2). Throws `hash-unsupported`, `algorithm-malformed`. */
export function readHashAlgorithm({ oid, parameters }: AlgorithmIdentifier): HashName {
  const name = HASH_OIDS.get(oid)
  if (!name) throw new Fault('hash-unsupported', 'unsupported', `the hash function ${oid}`)
  if (!isAbsentOrNull(parameters)) throw malformed('algorithm-malformed', 'a hash function with parameters')
  return name
}

/**
 * What a signature AlgorithmIdentifier says (RFC 4055, RFC 5758, BSI TR-03111, 5.2.1). Throws
 * `signature-algorithm-unsupported` or a `malformed` fault.
 */
export function readSignatureAlgorithm({ oid, parameters }: AlgorithmIdentifier): SignatureAlgorithm {
  if (oid === RSA_PSS) return readPssParameters(parameters)
  const algorithm = SIGNATURE_OIDS.get(oid)
  if (!algorithm) {
    throw new Fault('signature-algorithm-unsupported', 'unsupported', `the signature algorithm ${oid}`)
  }
  return algorithm
}

/** Parameters that are left out, or NULL: both are in use where none are needed (RFC 5754, 2). */
export const isAbsentOrNull = (parameters: Tlv | undefined): boolean =>
  parameters === undefined || (parameters.tag === TAG.null && parameters.value.length === 0)

/** RSASSA-PSS-params (RFC 4055, 3.1); what is left out has its default: SHA-1, MGF1 with SHA-1, 20 octets of salt. */
export function readPssParameters(parameters: Tlv | undefined): RsaPss {
  if (isAbsentOrNull(parameters)) {
    return { kind: 'rsa-pss', hash: 'sha1', maskHash: 'sha1', saltLength: 20, defaulted: true }
  }
  if (parameters!.tag !== TAG.sequence) throw malformed('algorithm-malformed', 'PSS parameters were expected')
  const reader = parameters!.reader()
  const hash = reader.takeOptional(contextTag(0))
  const mask = reader.takeOptional(contextTag(1))
  const salt = reader.takeOptional(contextTag(2))
  const trailer = reader.takeOptional(contextTag(3))
  reader.finish('PSS parameters')
  if (trailer && smallInteger(onlyChild(trailer, 'the PSS trailer field')) !== PSS_TRAILER_BC) {
    throw malformed('algorithm-malformed', 'a PSS trailer field other than 1')
  }
  const saltLength = salt ? smallInteger(onlyChild(salt, 'the PSS salt length')) : 20
  if (saltLength > MAX_SALT_LENGTH) throw malformed('algorithm-malformed', 'a PSS salt longer than any modulus')
  return {
    kind: 'rsa-pss',
    hash: hash ? readHashAlgorithm(readAlgorithmIdentifier(onlyChild(hash, 'the PSS hash'))) : 'sha1',
    maskHash: mask ? readMaskHash(readAlgorithmIdentifier(onlyChild(mask, 'the PSS mask function'))) : 'sha1',
    saltLength,
    defaulted: hash === undefined,
  }
}

function readMaskHash({ oid, parameters }: AlgorithmIdentifier): HashName {
  if (oid !== MGF1 || !parameters) {
    throw new Fault('signature-algorithm-unsupported', 'unsupported', `the PSS mask function ${oid}`)
  }
  return readHashAlgorithm(readAlgorithmIdentifier(parameters))
}
