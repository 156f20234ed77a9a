/** DER of one element: a tag of one to four octets as `Tlv.tag` has it, and the parts of its content in order. */
export function encodeTlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([bigEndian(tag), encodeLength(length), ...parts])
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
