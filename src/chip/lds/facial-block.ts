import { contextPrimitiveTag, contextTag, malformed, TAG, type Tlv } from '../der/index.ts'
import { readEncodedPicture } from './encoded-picture.ts'
import { type FaceImage, noteSize } from './face-image.ts'
import type { Note } from './note.ts'

/** FaceImageDataBlock ::= [APPLICATION 5] SEQUENCE (ISO/IEC 39794-5:2019, annex A). */
const FACE_IMAGE_DATA_BLOCK = 0x65
/** Representations in one block. */
const MAX_REPRESENTATIONS = 16

/**
 * Reads a face image data block of ISO/IEC 39794-5:2019: the two-dimensional representations; everything else is
 * skipped by its length. `data` is the biometric data block 7F2E. Throws `facial-block-count`,
 * `facial-block-no-image`, and what the TLV reader and `readEncodedPicture` throw.
 */
export function readFacialBlock(data: Tlv, note: Note): FaceImage[] {
  const reader = data.reader()
  const outer = reader.next()
  // ICAO's application profile puts the block into A1 (standard biometric data); some encoders leave that out.
  const block =
    outer.tag === FACE_IMAGE_DATA_BLOCK ? outer : outer.reader().take(FACE_IMAGE_DATA_BLOCK, 'the face block')
  const representations = field(block, 1).children()
  if (representations.length > MAX_REPRESENTATIONS) {
    throw malformed('facial-block-count', `more than ${MAX_REPRESENTATIONS} representations of a face`)
  }
  const images = representations.flatMap((representation) => readRepresentation(representation, note))
  if (images.length === 0) throw malformed('facial-block-no-image', 'a facial block without a picture')
  return images
}

/** RepresentationBlock: imageRepresentation [1], base [0], imageRepresentation2DBlock [0]; none for a shape in 3D. */
function readRepresentation(representation: Tlv, note: Note): FaceImage[] {
  if (representation.tag !== TAG.sequence)
    throw malformed('facial-block-representation', 'a representation is a sequence')
  const base = optionalField(field(representation, 1), 0)
  const flat = base && optionalField(base, 0)
  if (!flat) return []
  const reader = flat.reader()
  const picture = readEncodedPicture(reader.take(contextPrimitiveTag(0), 'the picture of a face').value)
  const information = reader.take(contextTag(1), 'the description of a picture')
  noteFormat(information, picture.encoding, note)
  const size = optionalField(information, 7)
  if (size) noteSize(picture, numberField(size, 0), numberField(size, 1), note)
  const landmarks = optionalField(representation, 9)
  return [{ ...picture, standard: 'ISO/IEC 39794-5', featurePoints: [], landmarks: landmarks?.children().length ?? 0 }]
}

/** imageDataFormat [0] code [0]: 2 is JPEG, 3 and 4 are JPEG 2000, lossy and lossless. */
function noteFormat(information: Tlv, encoding: FaceImage['encoding'], note: Note): void {
  const code = numberField(field(information, 0), 0)
  const stated = code === 2 ? 'jpeg' : code === 3 || code === 4 ? 'jpeg2000' : undefined
  if (stated !== encoding) note('image-type-mismatch')
}

function field(parent: Tlv, number: number): Tlv {
  const child = optionalField(parent, number)
  if (!child) throw malformed('facial-block-field', 'a facial block that lacks a mandatory part')
  return child
}

function optionalField(parent: Tlv, number: number): Tlv | undefined {
  return parent.children().find(({ tag }) => tag === contextTag(number))
}

/** A number [n] IMPLICIT INTEGER or ENUMERATED; 0 when absent. */
function numberField(parent: Tlv, number: number): number {
  const child = parent.children().find(({ tag }) => tag === contextPrimitiveTag(number))
  if (!child) return 0
  const { value } = child
  if (value.length < 1 || value.length > 4) throw malformed('facial-block-field', 'a number of impossible length')
  return value.reduce((sum, octet) => sum * 256 + octet, 0)
}
