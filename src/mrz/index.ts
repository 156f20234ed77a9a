export { cellAlphabets, MRZ_ALPHABET } from './alphabet.ts'
export { characterValue, checkDigit } from './check-digit.ts'
export { createMrzReader } from './create-reader.ts'
export { mrzLayout, splitMrz } from './format.ts'
export { type CheckDigitLayout, MRZ_LAYOUTS, type MrzField, type MrzLayout, type Span } from './layout.ts'
export { transliterate } from './names.ts'
export { createNetworkReader } from './network/network-reader.ts'
export { parseMrz } from './parse.ts'
export { judgeMrz, readMrz } from './read-mrz.ts'
export type {
  MrzCorrection,
  MrzDocument,
  MrzFormat,
  MrzLines,
  MrzMissing,
  MrzNotFound,
  MrzParse,
  MrzReader,
  MrzReading,
} from './reading.ts'
export { type Repair, repairMrz } from './repair.ts'
export { createTesseractReader } from './tesseract-reader.ts'
export { writeMrz } from './write.ts'
