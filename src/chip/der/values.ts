import { malformed } from './input.ts'
import { TAG } from './tags.ts'
import { openDer, type Tlv } from './tlv.ts'

/** Object identifiers are short; the longest in use here has 11 content octets. */
const MAX_OID_OCTETS = 64
/** Integers: the longest are RSA-8192 moduli with a sign octet, and serial numbers far shorter. */
const MAX_INTEGER_OCTETS = 2050

/** OBJECT IDENTIFIER in dotted form (X.690, 8.19). Throws `der-bad-oid`. */
export function oidOf(element: Tlv): string {
  if (element.tag !== TAG.objectIdentifier) throw malformed('der-unexpected-tag', 'an object identifier was expected')
  const { valueStart, valueEnd } = element
  const { bytes } = element.input
  const length = valueEnd - valueStart
  if (length < 1 || length > MAX_OID_OCTETS || bytes[valueEnd - 1]! >= 0x80) {
    throw malformed('der-bad-oid', 'an object identifier of impossible length')
  }
  let dotted = ''
  let arc = 0
  for (let i = valueStart; i < valueEnd; i++) {
    const octet = bytes[i]!
    if (arc === 0 && octet === 0x80) throw malformed('der-bad-oid', 'an arc with leading zeros')
    arc = arc * 128 + (octet & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER / 256) throw malformed('der-bad-oid', 'an arc that is too large')
    if (octet >= 0x80) continue
    if (dotted === '') {
      const root = Math.min(2, Math.floor(arc / 40))
      dotted = `${root}.${arc - root * 40}`
    } else {
      dotted += `.${arc}`
    }
    arc = 0
  }
  return dotted
}

/**
 * The content octets of an INTEGER (X.690, 8.3), big-endian two's complement, as they stand. Throws `der-bad-integer`.
 * A leading octet too many is let through: certificates of several states have such serial numbers.
 */
export function integerBytes(element: Tlv): Uint8Array {
  const bytes = contentOf(element, TAG.integer, 'an integer')
  if (bytes.length === 0 || bytes.length > MAX_INTEGER_OCTETS) {
    throw malformed('der-bad-integer', 'an integer of impossible length')
  }
  return bytes
}

/** A non-negative INTEGER (X.690, 8.3) without leading zero octets, at least one octet. Throws `der-bad-integer`. */
export function unsignedBytes(element: Tlv): Uint8Array {
  const bytes = integerBytes(element)
  if (bytes[0]! >= 0x80) throw malformed('der-bad-integer', 'a negative integer where a magnitude was expected')
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  return bytes.subarray(start)
}

/** A small INTEGER (X.690, 8.3), 0 to 2^31 - 1: versions, counts, salt lengths. Throws `der-bad-integer`. */
export function smallInteger(element: Tlv): number {
  const bytes = unsignedBytes(element)
  if (bytes.length > 4 || (bytes.length === 4 && bytes[0]! >= 0x80)) {
    throw malformed('der-bad-integer', 'an integer larger than its use allows')
  }
  let value = 0
  for (const octet of bytes) value = value * 256 + octet
  return value
}

/** BOOLEAN (X.690, 8.2); any octet but zero is true. Throws `der-bad-boolean`. */
export function booleanOf(element: Tlv): boolean {
  const bytes = contentOf(element, TAG.boolean, 'a boolean')
  if (bytes.length !== 1) throw malformed('der-bad-boolean', 'a boolean that is not one octet')
  return bytes[0] !== 0
}

/**
 * BIT STRING (X.690, 8.6), primitive: the octets, and how many bits of the last one are not used, 0 to 7. Throws
 * `der-bad-bit-string`.
 */
export function bitStringOf(element: Tlv): { bytes: Uint8Array; unusedBits: number } {
  const content = contentOf(element, TAG.bitString, 'a bit string')
  const unusedBits = content[0]
  if (unusedBits === undefined || unusedBits > 7 || (content.length === 1 && unusedBits !== 0)) {
    throw malformed('der-bad-bit-string', 'a bit string that miscounts its bits')
  }
  return { bytes: content.subarray(1), unusedBits }
}

/** A BIT STRING (X.690, 8.6) of whole octets: keys and signatures. Throws `der-bad-bit-string`. */
export function bitStringOctets(element: Tlv): Uint8Array {
  const { bytes, unusedBits } = bitStringOf(element)
  if (unusedBits !== 0) throw malformed('der-bad-bit-string', 'a bit string that is not whole octets')
  return bytes
}

/**
 * OCTET STRING (X.690, 8.7). A string in segments, which is BER, is joined and noted on the input, or refused with
 * `der-ber-encoding`.
 */
export function octetsOf(element: Tlv): Uint8Array {
  if (element.tag === TAG.octetString) return element.value
  if (element.tag !== TAG.constructedOctetString) {
    throw malformed('der-unexpected-tag', 'an octet string was expected')
  }
  element.input.noteBer('an octet string in segments')
  const segments = element.children().map(octetsOf)
  return Buffer.concat(segments)
}

/** The one element inside an explicit tag (X.690, 8.14) or a wrapper. Throws `der-trailing-elements`. */
export function onlyChild(element: Tlv, what: string): Tlv {
  const reader = element.reader()
  const child = reader.next()
  reader.finish(what)
  return child
}

/** DER inside an OCTET STRING: extension values (RFC 5280, 4.1) and encapsulated content. Throws as `openDer`. */
export function openOctets(element: Tlv, what: string): Tlv {
  return openDer(octetsOf(element), what)
}

function contentOf(element: Tlv, tag: number, what: string): Uint8Array {
  if (element.tag !== tag) throw malformed('der-unexpected-tag', `${what} was expected`)
  return element.value
}
