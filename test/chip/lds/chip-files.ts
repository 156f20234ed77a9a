import { encodeTlv } from '../../../src/chip/der/index.ts'

/** A data group or one of its elements: text is taken as UTF-8, numbers as single octets. */
export function element(tag: number, ...parts: readonly (Uint8Array | string | number)[]): Buffer {
  const octets = parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part as string)))
  return encodeTlv(tag, ...octets)
}

export const count = (number: number): Buffer => element(0x02, number)

/** A raw JPEG 2000 code stream up to its SIZ segment. */
export function codeStream(width: number, height: number): Buffer {
  const siz = Buffer.alloc(51)
  siz.writeUInt32BE(0xff4fff51, 0)
  siz.writeUInt16BE(47, 4)
  siz.writeUInt32BE(width, 8)
  siz.writeUInt32BE(height, 12)
  return siz
}

export function jp2(width: number, height: number): Buffer {
  const box = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(8 + content.length)
    head.write(type, 4, 'latin1')
    return Buffer.concat([head, content])
  }
  return Buffer.concat([
    box('jP  ', Buffer.from('0d0a870a', 'hex')),
    box('ftyp', Buffer.from('jp2 \0\0\0\0jp2 ')),
    box('jp2c', codeStream(width, height)),
  ])
}

/** A JPEG's start with an EXIF segment before its frame header. */
export function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc0001108000000000301220002110103110100', 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([Buffer.from('ffd8ffe100084578696600000000'.slice(0, 24), 'hex'), frame])
}

interface FacialImage {
  readonly picture: Buffer
  readonly type?: number
  readonly featurePoints?: number
  readonly declaredFeaturePoints?: number
}

/** The n-th of some feature points: type 1, MPEG-4's number 2.n, at (10 n, 300 + n). */
function featurePoint(_: unknown, n: number): Buffer {
  const point = Buffer.of(1, 0x20 | (n & 0x0f), 0, 0, 0, 0, 0, 0)
  point.writeUInt16BE(10 * n, 2)
  point.writeUInt16BE(300 + n, 4)
  return point
}

/** A facial record of ISO/IEC 19794-5:2005. */
export function facialRecord(...images: readonly FacialImage[]): Buffer {
  const blocks = images.map(({ picture, type = 1, featurePoints = 0, declaredFeaturePoints = featurePoints }) => {
    const information = Buffer.alloc(20)
    information.writeUInt32BE(20 + 8 * featurePoints + 12 + picture.length)
    information.writeUInt16BE(declaredFeaturePoints, 4)
    const image = Buffer.alloc(12)
    image[0] = 1
    image[1] = type
    return Buffer.concat([information, ...Array.from({ length: featurePoints }, featurePoint), image, picture])
  })
  const header = Buffer.from('464143003031300000000000', 'hex')
  const record = Buffer.concat([header, Buffer.of(0, images.length), ...blocks])
  record.writeUInt32BE(record.length, 8)
  return record
}

/** A face image data block of ISO/IEC 39794-5 with the given pictures. */
export function facialBlock(...pictures: readonly Buffer[]): Buffer {
  const representations = pictures.map((picture) => {
    const information = element(0xa1, element(0xa0, element(0x80, 3)))
    const flat = element(0xa0, element(0x80, picture), information)
    return element(0x30, element(0x80, 0), element(0xa1, element(0xa0, flat)))
  })
  const version = element(0xa0, element(0x80, 3), element(0x81, Buffer.from('07e3', 'hex')))
  return element(0xa1, element(0x65, version, element(0xa1, ...representations)))
}

/** A biometric data group (DG2, DG3, DG4) around data blocks; `declared` is the number that it claims to hold. */
export function biometricGroup(tag: number, blocks: readonly Buffer[], declared = blocks.length): Buffer {
  const header = element(0xa1, element(0x81, 2), element(0x87, '\u0001\u0001'), element(0x88, '\0\b'))
  const templates = blocks.map((block) => element(0x7f60, header, block))
  return element(tag, element(0x7f61, count(declared), ...templates))
}

export const dg2Of = (record: Buffer): Buffer => biometricGroup(0x75, [element(0x5f2e, record)])
