import { createHash } from 'node:crypto'
import { encodeTlv } from '../../../src/chip/der/index.ts'
import { bits, boolean, explicit, integer, none, nothing, octets, oid, printable, seq, set, time, utf8 } from './der.ts'
import type { SigningKey } from './keys.ts'

export const COUNTRY = '2.5.4.6'
const ORGANISATION = '2.5.4.10'
const COMMON_NAME = '2.5.4.3'

const attribute = (type: string, value: Uint8Array) => set(seq(oid(type), value))

export const name = (common: string, country = 'UT') =>
  seq(
    attribute(COUNTRY, printable(country)),
    attribute(ORGANISATION, utf8('Utopia')),
    attribute(COMMON_NAME, utf8(common)),
  )

/** The same name as RFC 5280 compares names: other string types, case and spaces. */
export const respelled = (common: string) =>
  seq(
    attribute(COUNTRY, printable('UT')),
    attribute(ORGANISATION, printable('UTOPIA')),
    attribute(COMMON_NAME, printable(`  ${common.toUpperCase().replace(' ', '   ')} `)),
  )

export const extension = (identifier: string, value: Uint8Array, critical = false) =>
  seq(oid(identifier), critical ? boolean(true) : none, octets(value))

export const keyIdentifierOf = (key: SigningKey) => createHash('sha1').update(key.publicKey).digest()

export const subjectKey = (identifier: Uint8Array) => extension('2.5.29.14', octets(identifier))
export const authorityKey = (identifier: Uint8Array) => extension('2.5.29.35', seq(encodeTlv(0x80, identifier)))
export const keyUsage = (octet: number) => extension('2.5.29.15', encodeTlv(3, Buffer.of(0, octet)), true)
export const DIGITAL_SIGNATURE = 0x80
export const SIGN_CERTIFICATES_AND_LISTS = 0x06
export const basicConstraints = (ca: boolean, pathLength?: number) =>
  extension('2.5.29.19', seq(ca ? boolean(true) : none, pathLength === undefined ? none : integer(pathLength)), true)
export const purposes = (critical: boolean, ...oids: string[]) =>
  extension('2.5.29.37', seq(...oids.map(oid)), critical)

export interface CertificateOptions {
  readonly subject: Uint8Array
  readonly key: SigningKey
  readonly issuer: Uint8Array
  readonly issuerKey: SigningKey
  readonly serial?: Uint8Array | number
  readonly from?: string
  readonly to?: string
  readonly extensions?: readonly Uint8Array[]
  /** The algorithm named in the signed part, when it shall differ. */
  readonly innerIdentifier?: Uint8Array
}

export function certificate(options: CertificateOptions): Buffer {
  const { subject, key, issuer, issuerKey, serial = 1, extensions = [] } = options
  const { scheme, privateKey } = issuerKey
  const tbs = seq(
    explicit(0, integer(2)),
    typeof serial === 'number' ? integer(serial) : encodeTlv(2, serial),
    options.innerIdentifier ?? scheme.identifier,
    issuer,
    seq(time(options.from ?? '2015-01-01'), time(options.to ?? '2040-01-01')),
    subject,
    key.publicKey,
    extensions.length > 0 ? explicit(3, seq(...extensions)) : none,
  )
  return seq(tbs, scheme.identifier, bits(scheme.sign(tbs, privateKey)))
}

/** The extension of a link certificate under which the authority has a new name. */
export const NAME_CHANGE = extension('2.23.136.1.1.6.1', nothing)

/** A CSCA certificate: self-signed, or linking to an older key, and perhaps an older name, when `by` is given. */
export function authority(
  common: string,
  key: SigningKey,
  options: Partial<CertificateOptions> & { by?: { common: string; key: SigningKey } } = {},
): Buffer {
  const { by = { common, key } } = options
  return certificate({
    subject: name(common),
    key,
    issuer: name(by.common),
    issuerKey: by.key,
    extensions: [
      subjectKey(keyIdentifierOf(key)),
      authorityKey(keyIdentifierOf(by.key)),
      keyUsage(SIGN_CERTIFICATES_AND_LISTS),
      basicConstraints(true, 0),
      ...(by.common === common ? [] : [NAME_CHANGE]),
    ],
    ...options,
  })
}

export const signerExtensions = (key: SigningKey, issuerKey: SigningKey) => [
  subjectKey(keyIdentifierOf(key)),
  authorityKey(keyIdentifierOf(issuerKey)),
  keyUsage(DIGITAL_SIGNATURE),
]

export interface RevocationOptions {
  readonly issuer: Uint8Array
  readonly key: SigningKey
  readonly revoked?: readonly (number | Uint8Array)[]
  /** The entries as they are written, in place of `revoked`. */
  readonly entries?: readonly Uint8Array[]
  readonly version?: Uint8Array
  readonly from?: string
  /** `null`: no next update is promised. */
  readonly to?: string | null
  readonly extensions?: readonly Uint8Array[]
  /** The algorithm named in the signed part, when it shall differ. */
  readonly innerIdentifier?: Uint8Array
}

export function revocationList({ issuer, key, extensions = [], ...options }: RevocationOptions): Buffer {
  const { revoked = [], to = '2024-12-15' } = options
  const entries = options.entries ?? revoked.map((serial) => seq(integer(serial), time('2024-08-01')))
  const tbs = seq(
    options.version ?? integer(1),
    options.innerIdentifier ?? key.scheme.identifier,
    issuer,
    time(options.from ?? '2024-08-15'),
    to === null ? none : time(to),
    entries.length > 0 ? seq(...entries) : none,
    extensions.length > 0 ? explicit(0, seq(...extensions)) : none,
  )
  return seq(tbs, key.scheme.identifier, bits(key.scheme.sign(tbs, key.privateKey)))
}
