import { encodeOid, encodeTlv } from '../../../src/chip/der/index.ts'

export { encodeOid as oid }

export const seq = (...parts: Uint8Array[]) => encodeTlv(0x30, ...parts)
export const set = (...parts: Uint8Array[]) => encodeTlv(0x31, ...parts)
export const octets = (bytes: Uint8Array) => encodeTlv(0x04, bytes)
export const bits = (bytes: Uint8Array) => encodeTlv(0x03, Buffer.of(0), bytes)
export const explicit = (number: number, ...parts: Uint8Array[]) => encodeTlv(0xa0 | number, ...parts)
export const utf8 = (text: string) => encodeTlv(0x0c, Buffer.from(text, 'utf8'))
export const printable = (text: string) => encodeTlv(0x13, Buffer.from(text, 'latin1'))
export const boolean = (value: boolean) => encodeTlv(0x01, Buffer.of(value ? 0xff : 0))
export const nothing = Buffer.of(5, 0)
export const none = Buffer.alloc(0)

/** A non-negative INTEGER from its magnitude. */
export function integer(value: number | Uint8Array): Buffer {
  const bytes =
    typeof value === 'number' ? Buffer.from(value.toString(16).padStart(value > 255 ? 4 : 2, '0'), 'hex') : value
  return encodeTlv(0x02, bytes[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

export function time(date: string): Buffer {
  const compact = new Date(date).toISOString().replace(/[-:T]|\.\d+/g, '')
  return encodeTlv(0x18, Buffer.from(compact, 'latin1'))
}

/** Indefinite length (BER) in place of the definite one. */
export const indefinite = (tag: number, ...parts: Uint8Array[]) =>
  Buffer.concat([Buffer.of(tag, 0x80), ...parts, Buffer.of(0, 0)])
