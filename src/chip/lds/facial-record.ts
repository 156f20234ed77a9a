import { malformed } from '../der/index.ts'
import { readEncodedPicture } from './encoded-picture.ts'
import { type FaceImage, type FeaturePoint, noteSize } from './face-image.ts'
import type { Note } from './note.ts'

/** ISO/IEC 19794-5:2005, 5.4 to 5.7: lengths of the record's parts in bytes. */
const RECORD_HEADER = 14
const FACIAL_INFORMATION = 20
const FEATURE_POINT = 8
const IMAGE_INFORMATION = 12

const FORMAT_IDENTIFIER = 0x46414300 // "FAC\0"
const VERSION = 0x30313000 // "010\0"

/** Image data types of ISO/IEC 19794-5:2005, 5.7.2, by number. */
const ENCODINGS = ['jpeg', 'jpeg2000'] as const

/** MPEG-4 knows 84 points of a face; more are passed over. */
const MAX_FEATURE_POINTS = 256
/** Images in one record; passports hold one, some two. */
const MAX_IMAGES = 16

/** Whether a biometric data block starts as a facial record does (ISO/IEC 19794-5:2005, 5.4.1). */
export const isFacialRecord = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === FORMAT_IDENTIFIER

/**
 * Reads a facial record of ISO/IEC 19794-5:2005 in network byte order. Feature points must fit into the block.
 * Throws `facial-record-header`, `facial-record-length`, `facial-record-count`, and what
 * `readEncodedPicture` throws.
 */
export function readFacialRecord(bytes: Uint8Array, note: Note): FaceImage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < RECORD_HEADER) throw lengthFault()
  if (view.getUint32(0) !== FORMAT_IDENTIFIER || view.getUint32(4) !== VERSION) {
    throw malformed('facial-record-header', 'a facial record of an unknown format or version')
  }
  if (view.getUint32(8) !== bytes.length) throw lengthFault()
  const count = view.getUint16(12)
  if (count < 1 || count > MAX_IMAGES) {
    throw malformed('facial-record-count', `a facial record that declares ${count} images`)
  }
  const images: FaceImage[] = []
  let at = RECORD_HEADER
  for (let i = 0; i < count; i++) {
    if (at + FACIAL_INFORMATION > bytes.length) throw lengthFault()
    const length = view.getUint32(at)
    if (at + length > bytes.length) throw lengthFault()
    images.push(readBlock(bytes.subarray(at, at + length), note))
    at += length
  }
  if (at !== bytes.length) throw lengthFault()
  return images
}

/** One facial record data block: information, feature points, image information, picture. */
function readBlock(block: Uint8Array, note: Note): FaceImage {
  if (block.length < FACIAL_INFORMATION + IMAGE_INFORMATION) throw lengthFault()
  const view = new DataView(block.buffer, block.byteOffset, block.length)
  const points = view.getUint16(4)
  const information = FACIAL_INFORMATION + points * FEATURE_POINT
  const start = information + IMAGE_INFORMATION
  if (start >= block.length) throw lengthFault()
  const { encoding, width, height, bytes } = readEncodedPicture(block.subarray(start))
  if (ENCODINGS[view.getUint8(information + 1)] !== encoding) note('image-type-mismatch')
  noteSize({ width, height }, view.getUint16(information + 2), view.getUint16(information + 4), note)
  const featurePoints = readFeaturePoints(view, Math.min(points, MAX_FEATURE_POINTS))
  return { encoding, width, height, bytes, standard: 'ISO/IEC 19794-5', featurePoints, landmarks: 0 }
}

function readFeaturePoints(view: DataView, count: number): FeaturePoint[] {
  const points: FeaturePoint[] = []
  for (let i = 0; i < count; i++) {
    const at = FACIAL_INFORMATION + i * FEATURE_POINT
    const number = view.getUint8(at + 1)
    const code = `${number >> 4}.${number & 0x0f}`
    points.push({ type: view.getUint8(at), code, x: view.getUint16(at + 2), y: view.getUint16(at + 4) })
  }
  return points
}

const lengthFault = () => malformed('facial-record-length', 'a facial record whose lengths do not add up')
