export { DerInput, MAX_DEPTH, MAX_ELEMENTS, MAX_INPUT_LENGTH, malformed } from './input.ts'
export { contextPrimitiveTag, contextTag, TAG } from './tags.ts'
export { textOf } from './text.ts'
export { generalizedTimeOf, timeOf } from './time.ts'
export { openDer, openTlv, type Reading, readerOf, Tlv, TlvReader } from './tlv.ts'
export {
  bitStringOctets,
  bitStringOf,
  booleanOf,
  integerBytes,
  octetsOf,
  oidOf,
  onlyChild,
  openOctets,
  smallInteger,
  unsignedBytes,
} from './values.ts'
export { derOf, encodeOid, encodeTlv } from './write.ts'
