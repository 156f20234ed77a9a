import { malformed } from './input.ts'
import { TAG } from './tags.ts'
import type { Tlv } from './tlv.ts'

/**
 * A character string of any of the directory types (X.520) as text. UTF8String that is no UTF-8 is read as Latin-1, as
 * TeletexString is: certificates of several states are labelled wrongly. Throws `der-unexpected-tag`, `der-bad-string`.
 */
export function textOf(element: Tlv): string {
  const { value } = element
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.length)
  switch (element.tag) {
    case TAG.utf8String: {
      const text = bytes.toString('utf8')
      return text.includes('\ufffd') ? bytes.toString('latin1') : text
    }
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.numericString:
    case TAG.visibleString:
    case TAG.teletexString:
      return bytes.toString('latin1')
    case TAG.bmpString:
      if (bytes.length % 2 !== 0) throw malformed('der-bad-string', 'a BMPString of an odd number of octets')
      return Buffer.from(bytes).swap16().toString('utf16le')
    case TAG.universalString:
      return universalText(bytes)
    default:
      throw malformed('der-unexpected-tag', 'a character string was expected')
  }
}

function universalText(bytes: Buffer): string {
  if (bytes.length % 4 !== 0) throw malformed('der-bad-string', 'a UniversalString that is not whole characters')
  let text = ''
  for (let i = 0; i < bytes.length; i += 4) {
    const point = bytes.readUInt32BE(i)
    if (point > 0x10ffff) throw malformed('der-bad-string', 'a character outside Unicode')
    text += String.fromCodePoint(point)
  }
  return text
}
