import { createHash } from 'node:crypto'
import { encodeTlv } from '../../../src/chip/der/index.ts'
import { explicit, integer, none, nothing, octets, oid, seq, set, time } from './der.ts'
import { HASHES, type SigningKey } from './keys.ts'

export const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'
export const MASTER_LIST = '2.23.136.1.1.2'

const digestOf = (hash: string, data: Uint8Array) => createHash(hash).update(data).digest()

export const hashAlgorithm = (hash: string) => seq(oid(HASHES[hash]!), nothing)

export const ldsSecurityObject = (
  hash: string,
  groups: ReadonlyMap<number, Uint8Array>,
  extra: readonly Uint8Array[] = [],
) =>
  seq(
    integer(0),
    hashAlgorithm(hash),
    seq(...[...groups].map(([n, file]) => seq(integer(n), octets(digestOf(hash, file)))), ...extra),
  )

export interface MessageOptions {
  readonly content: Uint8Array
  readonly key: SigningKey
  readonly identifier: Uint8Array
  readonly certificates?: readonly Uint8Array[]
  readonly contentType?: string
  readonly attributedType?: string
  readonly digestHash?: string
  readonly digest?: Uint8Array
  readonly signingTime?: string | undefined
  /** Rewrites the row of attributes before it is signed. */
  readonly attributes?: (row: Uint8Array[]) => Uint8Array[]
  /** The order in which the attributes are written down, when not the order that was signed. */
  readonly written?: (row: Uint8Array[]) => Uint8Array[]
  readonly unsigned?: boolean
  readonly signers?: (info: Uint8Array) => Uint8Array[]
  /** How the encapsulated content is written. */
  readonly encapsulated?: (content: Uint8Array) => Uint8Array
  readonly signature?: (signature: Uint8Array) => Uint8Array
}

const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'
export const attribute = (type: string, ...values: Uint8Array[]) => seq(oid(type), set(...values))

export const byIssuer = (issuer: Uint8Array, serial: number) => seq(issuer, integer(serial))
export const byKey = (keyIdentifier: Uint8Array) => encodeTlv(0x80, keyIdentifier)

/** A ContentInfo with SignedData (RFC 5652). */
export function signedMessage(options: MessageOptions): Buffer {
  const { content, key, identifier, certificates = [], contentType = LDS_SECURITY_OBJECT } = options
  const hash = options.digestHash ?? key.scheme.hash
  const row = [
    attribute(CONTENT_TYPE, oid(options.attributedType ?? contentType)),
    attribute(MESSAGE_DIGEST, octets(options.digest ?? digestOf(hash, content))),
    ...(options.signingTime === undefined ? [] : [attribute(SIGNING_TIME, time(options.signingTime))]),
  ]
  const attributes = (options.attributes ?? ((same) => same.sort(Buffer.compare)))(row)
  const signed = options.unsigned ? content : set(...attributes)
  const made = key.scheme.sign(signed, key.privateKey)
  const info = seq(
    integer(identifier[0] === 0x30 ? 1 : 3),
    identifier,
    hashAlgorithm(hash),
    options.unsigned ? none : explicit(0, ...(options.written ?? ((same) => same))(attributes)),
    key.scheme.identifier,
    octets((options.signature ?? ((same) => same))(made)),
  )
  return seq(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      seq(
        integer(3),
        set(hashAlgorithm(hash)),
        seq(oid(contentType), explicit(0, (options.encapsulated ?? octets)(content))),
        certificates.length > 0 ? explicit(0, ...certificates) : none,
        set(...(options.signers ?? ((one) => [one]))(info)),
      ),
    ),
  )
}
