export { cellAlphabets, MRZ_ALPHABET } from './alphabet.ts'
export type { Advice, AdviceCode } from './capture/advice.ts'
export type { MrzCapture } from './capture/guide-capture.ts'
export type { ZoneView } from './capture/measure-zone.ts'
export { characterValue, checkDigit } from './check-digit.ts'
export { mrzLayout, splitMrz } from './format.ts'
export { type CheckDigitLayout, MRZ_LAYOUTS, type MrzField, type MrzLayout, type Span } from './layout.ts'
export { transliterate } from './names.ts'
export { createMrzReader, type MrzReader } from './network/network-reader.ts'
export { parseMrz } from './parse.ts'
export { MAX_MRZ_FRAMES, type MrzAnswer, type MrzFrame, type OpenPicture, readDocument } from './read-document.ts'
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
