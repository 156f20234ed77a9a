import { integer, tagged } from '../pki/asn1.ts'
import { DATA_GROUP_TAGS } from './data-groups.ts'

/** An encoded portrait and its size in pixels. */
export interface EncodedPortrait {
  readonly encoding: 'jpeg' | 'jpeg2000'
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** Format owner and type of ISO/IEC 19794-5 (ICAO 9303-10, 4.7.2): JTC 1/SC 37, facial image. */
const FORMAT_OWNER = Buffer.from('0101', 'hex')
const FORMAT_TYPE = Buffer.from('0008', 'hex')
/** Biometric type: facial features. */
const FACE = Buffer.of(2)

/** DG2: one biometric template with one facial record (4.7.2). */
export function writeDg2(portrait: EncodedPortrait): Buffer {
  const header = tagged(
    0xa1,
    tagged(0x80, Buffer.from('0101', 'hex')),
    tagged(0x81, FACE),
    tagged(0x87, FORMAT_OWNER),
    tagged(0x88, FORMAT_TYPE),
  )
  const template = tagged(0x7f60, header, tagged(0x5f2e, facialRecord(portrait)))
  return tagged(DATA_GROUP_TAGS[2], tagged(0x7f61, integer(1), template))
}

/** ISO/IEC 19794-5:2005, 5.4 to 5.7, without feature points. */
function facialRecord({ encoding, width, height, bytes }: EncodedPortrait): Buffer {
  const header = Buffer.alloc(14)
  header.write('FAC\u0000010\u0000', 'latin1')
  header.writeUInt16BE(1, 12)
  const information = Buffer.alloc(20)
  const image = Buffer.alloc(12)
  image[0] = 1 // full frontal
  image[1] = encoding === 'jpeg' ? 0 : 1
  image.writeUInt16BE(width, 2)
  image.writeUInt16BE(height, 4)
  image[6] = 1 // sRGB, 24 bits
  image[7] = 2 // a photograph by a digital still camera
  information.writeUInt32BE(information.length + image.length + bytes.length)
  const record = Buffer.concat([header, information, image, bytes])
  record.writeUInt32BE(record.length, 8)
  return record
}
