/** Identifier octets of the universal types (X.680, 8.6), as they stand in an encoding. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  constructedOctetString: 0x24,
} as const

/** The constructed tag of the context class (X.690, 8.1.2) with the given number, 0 to 30: `[0]` is 0xa0. */
export const contextTag = (number: number): number => 0xa0 | number

/**
 * The primitive tag of the context class (X.690, 8.1.2) with the given number, 0 to 30: `[0] IMPLICIT` of a string is
 * 0x80.
 */
export const contextPrimitiveTag = (number: number): number => 0x80 | number
