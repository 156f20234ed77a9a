import { Fault } from '../../check/index.ts'
import { malformed, smallInteger, TAG, type Tlv } from '../der/index.ts'
import { type EncodedPicture, readEncodedPicture } from './encoded-picture.ts'
import type { Note } from './note.ts'

/** Pictures in one data group. */
const MAX_PICTURES = 16

/** The pictures of DG5 or DG7 that are JPEG or JPEG 2000. */
export interface DisplayedPictures {
  readonly pictures: readonly EncodedPicture[]
}

/**
 * Reads DG5 or DG7 (ICAO 9303-10, 4.7.5 and 4.7.7): a count and so many pictures, each under `tag`. A picture of
 * another kind, or one that does not state its size, is left out and noted as `picture-unread`: nothing decodes it.
 * Throws `picture-count` where the count is not that of the pictures, `picture-too-large`.
 */
export function readDisplayedPictures(template: Tlv, tag: number, note: Note): DisplayedPictures {
  const reader = template.reader()
  const count = smallInteger(reader.take(TAG.integer, 'the number of pictures'))
  const pictures: EncodedPicture[] = []
  let found = 0
  for (; !reader.atEnd && found < MAX_PICTURES; found++) {
    const picture = readOrSkip(reader.take(tag, 'a picture').value, note)
    if (picture) pictures.push(picture)
  }
  if (found !== count || !reader.atEnd)
    throw malformed('picture-count', 'the number of pictures is not the one declared')
  return { pictures }
}

function readOrSkip(bytes: Uint8Array, note: Note): EncodedPicture | undefined {
  try {
    return readEncodedPicture(bytes)
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'picture-too-large') throw error
    note('picture-unread')
    return undefined
  }
}
