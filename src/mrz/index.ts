export { cellAlphabets, MRZ_ALPHABET } from './alphabet.ts'
export { characterValue, checkDigit } from './check-digit.ts'
export { mrzLayout, splitMrz } from './format.ts'
export { type CheckDigitLayout, MRZ_LAYOUTS, type MrzField, type MrzLayout, type Span } from './layout.ts'
export { transliterate } from './names.ts'
export { createMrzReader, type MrzReader } from './network/network-reader.ts'
export { parseMrz } from './parse.ts'
export { judgeMrz, readMrz } from './read-mrz.ts'
export type {
  MrzCorrection,
  MrzDocument,
  MrzFormat,
  MrzMissing,
  MrzParse,
  MrzReading,
} from './reading.ts'
export { openSecondReader, type SecondOpinion, type SecondReader } from './second-opinion.ts'
export { writeMrz } from './write.ts'
