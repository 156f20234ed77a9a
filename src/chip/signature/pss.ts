import { timingSafeEqual } from 'node:crypto'
import { digest, HASH_LENGTH, type HashName } from './hash.ts'

/** EMSA-PSS parameters; `saltLength` in octets. */
export interface PssOptions {
  readonly hash: HashName
  readonly maskHash: HashName
  readonly saltLength: number
}

/**
 * EMSA-PSS-VERIFY (RFC 8017, 9.1.2) of an encoded message `block` of `bits` bits against the digest `hashed`. OpenSSL
 * as Node offers it uses one hash for both purposes; this is for signers that use two.
 */
export function emsaPssVerify(block: Uint8Array, bits: number, hashed: Uint8Array, options: PssOptions): boolean {
  const { hash, maskHash, saltLength } = options
  const length = Math.ceil(bits / 8)
  const hashLength = HASH_LENGTH[hash]
  const outside = block.subarray(0, block.length - length)
  const encoded = block.subarray(block.length - length)
  if (outside.some((octet) => octet !== 0)) return false
  if (length < hashLength + saltLength + 2 || encoded[length - 1] !== 0xbc) return false

  const masked = encoded.subarray(0, length - hashLength - 1)
  const seed = encoded.subarray(length - hashLength - 1, length - 1)
  const unusedBits = 8 * length - bits
  if (masked[0]! >> (8 - unusedBits) !== 0) return false

  const mask = mgf1(maskHash, seed, masked.length)
  const plain = masked.map((octet, i) => octet ^ mask[i]!)
  plain[0]! &= 0xff >> unusedBits
  const saltStart = plain.length - saltLength
  if (plain[saltStart - 1] !== 1 || plain.subarray(0, saltStart - 1).some((octet) => octet !== 0)) return false

  const salted = Buffer.concat([Buffer.alloc(8), hashed, plain.subarray(saltStart)])
  return timingSafeEqual(digest(hash, salted), seed)
}

/** MGF1 (RFC 8017, B.2.1). */
function mgf1(hash: HashName, seed: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = []
  const counter = Buffer.alloc(4)
  for (let i = 0; i * HASH_LENGTH[hash] < length; i++) {
    counter.writeUInt32BE(i)
    blocks.push(digest(hash, Buffer.concat([seed, counter])))
  }
  return Buffer.concat(blocks).subarray(0, length)
}
