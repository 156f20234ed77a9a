import type { EncodedPicture } from './encoded-picture.ts'
import type { Note } from './note.ts'

/** One picture of the holder's face, still encoded. */
export interface FaceImage extends EncodedPicture {
  readonly standard: 'ISO/IEC 19794-5' | 'ISO/IEC 39794-5'
  /** How many feature points or landmark blocks the record declares; they are not read. */
  readonly featurePoints: number
}

/** Notes a record whose width and height, where stated, are not those of the picture itself. */
export function noteSize(picture: { width: number; height: number }, width: number, height: number, note: Note): void {
  const differs = (stated: number, actual: number) => stated !== 0 && stated !== actual
  if (differs(width, picture.width) || differs(height, picture.height)) note('image-size-mismatch')
}
