import { createHash } from 'node:crypto'
import type { MacCipher } from './message-authentication.ts'

/** Hash function and key length in octets (ICAO 9303-11, 9.7.1). */
const DERIVATION: Readonly<Record<MacCipher, { readonly hash: string; readonly length: number }>> = {
  '3des': { hash: 'sha1', length: 16 },
  aes128: { hash: 'sha1', length: 16 },
  aes192: { hash: 'sha256', length: 24 },
  aes256: { hash: 'sha256', length: 32 },
}

/** KDF_Enc (ICAO 9303-11, 9.7.1): the session key for encryption, from the shared secret and the counter 1. */
export const encryptionKey = (cipher: MacCipher, sharedSecret: Uint8Array): Buffer =>
  derivedKey(cipher, sharedSecret, 1)

/** KDF_MAC (ICAO 9303-11, 9.7.1): the session key for checksums, from the shared secret and the counter 2. */
export const macKey = (cipher: MacCipher, sharedSecret: Uint8Array): Buffer => derivedKey(cipher, sharedSecret, 2)

/** The parity bits of a 3DES key are left as they come, no cipher looks at them. */
function derivedKey(cipher: MacCipher, sharedSecret: Uint8Array, counter: number): Buffer {
  const { hash, length } = DERIVATION[cipher]
  return createHash(hash)
    .update(sharedSecret)
    .update(Buffer.of(0, 0, 0, counter))
    .digest()
    .subarray(0, length)
}
