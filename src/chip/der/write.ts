import { TAG } from './tags.ts'
import type { Tlv } from './tlv.ts'
import { octetsOf } from './values.ts'

/**
 * DER (X.690, 8.1 and 10.1) of one element: a tag of one to four octets as `Tlv.tag` has it, and its content in parts.
 */
export function encodeTlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([bigEndian(tag), encodeLength(length), ...parts])
}

/**
 * The same element in DER (X.690, 10 and 11): short definite lengths, strings in one piece, the members of a SET OF in
 * the order of their encodings.
 */
export function derOf(element: Tlv): Buffer {
  if (element.tag === TAG.constructedOctetString) return encodeTlv(TAG.octetString, octetsOf(element))
  if (!element.constructed) return encodeTlv(element.tag, element.value)
  const members = element.children().map(derOf)
  return encodeTlv(element.tag, ...(element.tag === TAG.set ? members.sort(Buffer.compare) : members))
}

/** DER of an OBJECT IDENTIFIER (X.690, 8.19) given in dotted form; arcs below 2^31. */
export function encodeOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octets: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc & 0x7f]
    for (let high = arc >>> 7; high > 0; high >>>= 7) group.unshift(0x80 | (high & 0x7f))
    octets.push(...group)
  }
  return encodeTlv(TAG.objectIdentifier, Buffer.from(octets))
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const octets = bigEndian(length)
  return Buffer.concat([Buffer.of(0x80 | octets.length), octets])
}

function bigEndian(value: number): Buffer {
  const octets: number[] = []
  for (let rest = value; rest > 0 || octets.length === 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Buffer.from(octets)
}
