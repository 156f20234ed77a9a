import type { EncodedPicture } from './encoded-picture.ts'
import type { Note } from './note.ts'

/** One picture of the holder's face, still encoded. */
export interface FaceImage extends EncodedPicture {
  readonly standard: 'ISO/IEC 19794-5' | 'ISO/IEC 39794-5'
  readonly featurePoints: readonly FeaturePoint[]
  /** How many landmarks a block of ISO/IEC 39794-5 declares; they are not read. */
  readonly landmarks: number
}

/** A point of the face that the issuer has marked (ISO/IEC 19794-5:2005, 5.6). */
export interface FeaturePoint {
  /** 1: a point in the plane of the picture. */
  readonly type: number
  /** MPEG-4's number, as in `8.4`. */
  readonly code: string
  /** Pixels from the upper left. */
  readonly x: number
  readonly y: number
}

/**
 * Notes a record whose width and height in pixels (ISO/IEC 19794-5:2005, 5.7.3 and 5.7.4), where stated, are not those
 * of the picture itself.
 */
export function noteSize(picture: { width: number; height: number }, width: number, height: number, note: Note): void {
  const differs = (stated: number, actual: number) => stated !== 0 && stated !== actual
  if (differs(width, picture.width) || differs(height, picture.height)) note('image-size-mismatch')
}
