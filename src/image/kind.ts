import { Fault } from '../check/index.ts'

/** The kinds of picture that Genkend reads. `jp2` is boxed JPEG 2000, `j2k` its raw code stream. */
export type PictureKind = 'jpeg' | 'png' | 'webp' | 'jp2' | 'j2k'

const SIGNATURES: readonly (readonly [PictureKind, readonly number[]])[] = [
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jp2', [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a]],
  ['j2k', [0xff, 0x4f, 0xff, 0x51]],
]

/** Kinds that people do send, told by their first bytes, so that the refusal can name them. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['GIF', 'GIF8'],
  ['TIFF', 'II*\0'],
  ['TIFF', 'MM\0*'],
  ['PDF', '%PDF'],
  ['BMP', 'BM'],
  ['SVG', '<svg'],
  ['SVG or XML', '<?xml'],
]

/**
 * Tells a picture's kind from its first bytes; names and declared media types are not asked.
 * Throws `image-empty`, `image-heic-unsupported` or `image-type-unsupported`.
 */
export function pictureKind(bytes: Uint8Array): PictureKind {
  if (bytes.length === 0) throw new Fault('image-empty', 'malformed', 'the picture has no bytes')
  for (const [kind, signature] of SIGNATURES) {
    if (signature.every((byte, i) => bytes[i] === byte)) return kind
  }
  const head = latin1(bytes, 0, 12)
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'webp'
  if (head.slice(4, 8) === 'ftyp') {
    const name = head.slice(8, 11) === 'avi' ? 'AVIF' : 'HEIC'
    throw new Fault('image-heic-unsupported', 'unsupported', `${name} is not read; send the picture as JPEG`)
  }
  const refused = REFUSED.find(([, start]) => head.startsWith(start))
  const what = refused ? `${refused[0]} is not read` : 'the bytes are no picture that is read'
  throw new Fault('image-type-unsupported', 'unsupported', `${what}; send JPEG, PNG or WebP`)
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end))
}
