import { createCipheriv } from 'node:crypto'

/** A block cipher that secure messaging authenticates with. */
export type MacCipher = '3des' | 'aes128' | 'aes192' | 'aes256'

/** Octets of a block, and so of the send sequence counter (ICAO 9303-11, 9.8.2). */
export const blockLength = (cipher: MacCipher): 8 | 16 => (cipher === '3des' ? 8 : 16)

/**
 * The 8-octet MAC over `message`: retail MAC (ISO/IEC 9797-1, algorithm 3) with 3DES, for whole blocks only; CMAC (NIST
 * SP 800-38B) cut to 8 octets with AES (ICAO 9303-11, 9.8.6 and 9.8.7). `key` is 16, 24 or 32 octets.
 */
export function messageAuthenticationCode(cipher: MacCipher, key: Uint8Array, message: Uint8Array): Buffer {
  return cipher === '3des' ? retailMac(key, message) : aesCmac(cipher, key, message).subarray(0, 8)
}

/** Appends 80 and zeros up to whole blocks (ISO/IEC 9797-1, padding method 2). */
export function padded(message: Uint8Array, block: number): Buffer {
  const whole = Buffer.alloc(Math.ceil((message.length + 1) / block) * block)
  whole.set(message)
  whole[message.length] = 0x80
  return whole
}

/** CBC with the first half of the key; the last block goes through both halves. */
function retailMac(key: Uint8Array, message: Uint8Array): Buffer {
  const first = key.subarray(0, 8)
  const second = key.subarray(8, 16)
  const split = message.length - 8
  let chained: Uint8Array = Buffer.alloc(8)
  if (split > 0) {
    // Three equal keys make single DES, which OpenSSL no longer offers by itself.
    chained = encrypt('des-ede3-cbc', [first, first, first], message.subarray(0, split)).subarray(-8)
  }
  return encrypt('des-ede3-cbc', [first, second, first], xor(chained, message.subarray(split)))
}

/** The last block is masked by the first subkey when it is whole, else padded and masked by the second. */
function aesCmac(cipher: Exclude<MacCipher, '3des'>, key: Uint8Array, message: Uint8Array): Buffer {
  const name = `aes-${cipher.slice(3)}-cbc`
  const whole = message.length > 0 && message.length % 16 === 0
  const first = doubled(encrypt(name, [key], Buffer.alloc(16)))
  const blocks = whole ? message : padded(message, 16)
  const split = blocks.length - 16
  const masked = xor(blocks.subarray(split), whole ? first : doubled(first))
  return encrypt(name, [key], Buffer.concat([blocks.subarray(0, split), masked])).subarray(-16)
}

/** Multiplication by x in GF(2^128). */
function doubled(block: Uint8Array): Buffer {
  const product = Buffer.alloc(16)
  for (let i = 0; i < 16; i++) product[i] = (block[i]! << 1) | ((block[i + 1] ?? 0) >> 7)
  if (block[0]! >= 0x80) product[15]! ^= 0x87
  return product
}

function encrypt(name: string, keys: readonly Uint8Array[], blocks: Uint8Array): Buffer {
  const zeros = Buffer.alloc(name.startsWith('aes') ? 16 : 8)
  const cipher = createCipheriv(name, Buffer.concat(keys), zeros).setAutoPadding(false)
  return Buffer.concat([cipher.update(blocks), cipher.final()])
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((octet, i) => octet ^ b[i]!))
}
