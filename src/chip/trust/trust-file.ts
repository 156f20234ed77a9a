import { malformed } from '../der/index.ts'

/** One file of a trust folder; `path` is relative to the folder, with forward slashes. */
export interface TrustFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Blocks of text files: bundles of certificates are the longest. */
const MAX_PEM_BLOCKS = 20_000
const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \1-----/g
const BASE64 = /^[A-Za-z0-9+/=\s]+$/

/**
 * The DER (or BER) objects of a file: the file itself, the blocks of a PEM file (RFC 7468, 2) in order, or what bare
 * base64 says. Throws `file-format` when it is none of these.
 */
export function derObjects(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes[0] === 0x30) return [bytes]
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  if (text.includes('-----BEGIN ')) {
    const blocks = [...text.matchAll(PEM_BLOCK)].slice(0, MAX_PEM_BLOCKS)
    if (blocks.length > 0) return blocks.map((block) => Buffer.from(block[2]!, 'base64'))
  } else if (text.length > 0 && BASE64.test(text)) {
    const decoded = Buffer.from(text, 'base64')
    if (decoded[0] === 0x30) return [decoded]
  }
  throw malformed('file-format', 'neither DER nor PEM')
}
