import { hash } from 'node:crypto'

/** The hash functions of ICAO 9303-12, 4.4, by the names that OpenSSL knows them by. */
export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

/** Octets of each digest. */
export const HASH_LENGTH: Readonly<Record<HashName, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
}

export const HASH_OIDS: ReadonlyMap<string, HashName> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

/** The digest of `data` (FIPS 180-4). */
export const digest = (name: HashName, data: Uint8Array): Buffer => hash(name, data, 'buffer')

/**
 * Whether data has the digest given (FIPS 180-4). Compared as text, which node:crypto makes in half the time of a
 * buffer.
 */
export function hasDigest(name: HashName, data: Uint8Array, expected: Uint8Array): boolean {
  const { buffer, byteOffset, length } = expected
  return hash(name, data, 'binary') === Buffer.from(buffer, byteOffset, length).toString('binary')
}
