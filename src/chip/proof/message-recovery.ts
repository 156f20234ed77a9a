import { constants, createHash, type KeyObject, publicDecrypt, timingSafeEqual } from 'node:crypto'

/** Hash functions by the octet before `CC`; the lone trailer `BC` stands for SHA-1 (ISO/IEC 10118-3 identifiers). */
const HASH_IDENTIFIERS: Readonly<Record<number, string>> = {
  51: 'sha1',
  52: 'sha256',
  53: 'sha512',
  54: 'sha384',
  56: 'sha224',
}

/** A signature with message recovery that holds; `leadingZeros`: the recovered block was shorter than the modulus. */
export interface RecoveredMessage {
  readonly hash: string
  readonly leadingZeros: boolean
}

/**
 * Verifies an RSA signature of ISO/IEC 9796-2 scheme 1 with partial recovery over M1 || M2, where the block holds M1 and
 * `unrecovered` is M2 (ICAO 9303-11, 6.1). Undefined when it does not hold. Every octet of the block is accounted for:
 * header, padding, M1, hash, trailer.
 */
export function verifyMessageRecovery(
  publicKey: KeyObject,
  signature: Uint8Array,
  unrecovered: Uint8Array,
): RecoveredMessage | undefined {
  const block = recoverBlock(publicKey, signature)
  const trailer = block && readTrailer(block)
  const message = block && readHeader(block)
  if (!trailer || !message) return undefined
  const hash = createHash(trailer.hash)
  const digestStart = block.length - trailer.length - digestLength(trailer.hash)
  if (digestStart < message.start) return undefined
  const digest = hash.update(block.subarray(message.start, digestStart)).update(unrecovered).digest()
  if (!timingSafeEqual(digest, block.subarray(digestStart, digestStart + digest.length))) return undefined
  const wholeOctets = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) % 8 === 0
  return { hash: trailer.hash, leadingZeros: message.zeros > 0 && wholeOctets }
}

/** The representative that the signer padded: J or n - J, whichever ends in `C` (ISO/IEC 9796-2, B.7). */
function recoverBlock(publicKey: KeyObject, signature: Uint8Array): Buffer | undefined {
  let block: Buffer
  try {
    block = publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return undefined // Not as long as the modulus, or not smaller than it.
  }
  if (endsInC(block)) return block
  const other = subtractFromModulus(publicKey, block)
  return endsInC(other) ? other : undefined
}

const endsInC = (block: Uint8Array): boolean => ((block.at(-1) ?? 0) & 0x0f) === 0x0c

function subtractFromModulus(publicKey: KeyObject, block: Buffer): Buffer {
  const { n = '' } = publicKey.export({ format: 'jwk' })
  const modulus = BigInt(`0x${Buffer.from(n, 'base64url').toString('hex')}`)
  const difference = modulus - BigInt(`0x${block.toString('hex')}`)
  return Buffer.from(difference.toString(16).padStart(block.length * 2, '0'), 'hex')
}

function readTrailer(block: Uint8Array): { hash: string; length: number } | undefined {
  const last = block[block.length - 1]
  if (last === 0xbc) return { hash: 'sha1', length: 1 }
  const hash = last === 0xcc ? HASH_IDENTIFIERS[block[block.length - 2]!] : undefined
  return hash === undefined ? undefined : { hash, length: 2 }
}

/** The header's bits `01`, then `1` for partial recovery, then padding `0…01`: octets 6A, or 6B BB… BA. */
function readHeader(block: Uint8Array): { start: number; zeros: number } | undefined {
  let zeros = 0
  while (block[zeros] === 0) zeros++
  let at = zeros
  if (block[at] === 0x6a) return { start: at + 1, zeros }
  if (block[at] !== 0x6b) return undefined
  do at++
  while (block[at] === 0xbb)
  return block[at] === 0xba ? { start: at + 1, zeros } : undefined
}

const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }

const digestLength = (hash: string): number => DIGEST_LENGTHS[hash]!
