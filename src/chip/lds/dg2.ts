import { malformed, type Tlv } from '../der/index.ts'
import { readBiometricTemplates } from './biometric-templates.ts'
import type { FaceImage } from './face-image.ts'
import { readFacialBlock } from './facial-block.ts'
import { isFacialRecord, readFacialRecord } from './facial-record.ts'
import type { Note } from './note.ts'

/** DG2: the holder's face; the first image is the portrait. */
export interface EncodedFace {
  readonly images: readonly [FaceImage, ...FaceImage[]]
}

/** The tag of a block in ASN.1 (ISO/IEC 39794); some chips have put a record of ISO/IEC 19794 there. */
const ENCODED_BLOCK = 0x7f2e

/** Reads DG2 (ICAO 9303-10, 4.7.2). Throws `dg2-no-face` and what the readers of the two record formats throw. */
export function readDg2(template: Tlv, note: Note): EncodedFace {
  const [first, ...others] = readBiometricTemplates(template, note).flatMap(({ data }) => {
    if (data.tag !== ENCODED_BLOCK) return readFacialRecord(data.value, note)
    if (!isFacialRecord(data.value)) return readFacialBlock(data, note)
    note('record-tag')
    return readFacialRecord(data.value, note)
  })
  if (!first) throw malformed('dg2-no-face', 'the chip holds no picture of a face')
  return { images: [first, ...others] }
}
