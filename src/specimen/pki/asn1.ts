/** Writes DER (X.690): every function returns one whole element. */

function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([octets(tag), lengthOf(content), content])
}

function lengthOf(content: Uint8Array): Buffer {
  if (content.length < 0x80) return Buffer.of(content.length)
  const length = octets(content.length)
  return Buffer.concat([Buffer.of(0x80 | length.length), length])
}

function octets(value: number): Buffer {
  const digits = value.toString(16)
  return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex')
}

/** An element of any tag, one to four octets: what the files of a chip are made of. */
export const tagged = element

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(0x30, ...parts)

/** SET OF: DER sorts the members by their encodings. */
export const setOf = (...members: readonly Uint8Array[]): Buffer => element(0x31, ...members.toSorted(Buffer.compare))

/** `[number]`, constructed: explicit tags, and implicit ones of sequences and sets. */
export const context = (number: number, ...parts: readonly Uint8Array[]): Buffer => element(0xa0 | number, ...parts)

/** `[number] IMPLICIT` of a string of octets. */
export const contextOctets = (number: number, value: Uint8Array): Buffer => element(0x80 | number, value)

/** A non-negative integer, from a number or from its octets. */
export function integer(value: number | Uint8Array): Buffer {
  const magnitude = typeof value === 'number' ? octets(value) : value
  return element(0x02, magnitude[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude)
}

export const boolean = (value: boolean): Buffer => element(0x01, Buffer.of(value ? 0xff : 0))

export const octetString = (...parts: readonly Uint8Array[]): Buffer => element(0x04, ...parts)

export const nothing = (): Buffer => element(0x05)

/** A bit string of whole octets. */
export const bitString = (value: Uint8Array): Buffer => element(0x03, Buffer.of(0), value)

/** A bit string of named bits, trailing zeros left out: `namedBits(5, 6)` sets bits 5 and 6. */
export function namedBits(...bits: readonly number[]): Buffer {
  const last = Math.max(...bits)
  const value = Buffer.alloc((last >> 3) + 1)
  for (const bit of bits) value[bit >> 3]! |= 0x80 >> (bit & 7)
  return element(0x03, Buffer.of(7 - (last & 7)), value)
}

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(0x06, Buffer.from([40 * first + second, ...rest].flatMap(base128)))
}

function base128(arc: number): number[] {
  const digits = [arc & 0x7f]
  for (let rest = arc >>> 7; rest > 0; rest >>>= 7) digits.unshift(0x80 | (rest & 0x7f))
  return digits
}

export const printableString = (text: string): Buffer => element(0x13, Buffer.from(text, 'latin1'))
export const utf8String = (text: string): Buffer => element(0x0c, Buffer.from(text))

/** UTCTime, to the second; for moments from 1950 to 2049. */
export function utcTime(moment: Date): Buffer {
  const digits = moment.toISOString().replace(/\D/g, '').slice(2, 14)
  return element(0x17, Buffer.from(`${digits}Z`))
}

/** `[number] IMPLICIT GeneralizedTime`, to the second. */
export function contextTime(number: number, moment: Date): Buffer {
  return element(0x80 | number, Buffer.from(`${moment.toISOString().replace(/\D/g, '').slice(0, 14)}Z`))
}
