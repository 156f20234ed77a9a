import { oidOf, TAG, type Tlv } from '../der/index.ts'

/** DG15: the public key for active authentication. */
export interface ActiveAuthenticationKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  /** The key's algorithm as a dotted object identifier. */
  readonly algorithm: string
}

/** Reads DG15 (ICAO 9303-10, 4.7.15; 9303-11, 6.1). The key itself is read where it is used. */
export function readDg15(template: Tlv): ActiveAuthenticationKey {
  const outer = template.reader()
  const publicKey = outer.take(TAG.sequence, 'the public key')
  outer.finish('DG15')
  const inner = publicKey.reader()
  const algorithm = inner.take(TAG.sequence, "the key's algorithm").reader()
  inner.take(TAG.bitString, 'the key')
  inner.finish('the public key')
  return { publicKey: publicKey.encoding, algorithm: oidOf(algorithm.next()) }
}
