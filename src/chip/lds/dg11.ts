import type { Tlv } from '../der/index.ts'
import { withoutAbsent } from './absent.ts'
import { dateOf } from './date.ts'
import { fieldReader, readCounted, readListedElements } from './listed-elements.ts'
import type { Note } from './note.ts'
import { nameOf, type PersonName, plainText, textOf, textParts } from './text.ts'

/** DG11: further details of the holder, in the issuer's own characters. Dates are ISO 8601, unknown parts `XX`. */
export interface PersonalDetails {
  readonly name?: PersonName
  readonly otherNames?: readonly PersonName[]
  readonly personalNumber?: string
  readonly dateOfBirth?: string
  readonly placeOfBirth?: readonly string[]
  readonly address?: readonly string[]
  readonly telephone?: string
  readonly profession?: string
  readonly title?: string
  readonly summary?: string
  /** A picture of the proof of citizenship, encoded as it came. */
  readonly proofOfCitizenship?: Uint8Array
  readonly otherDocumentNumbers?: readonly string[]
  readonly custody?: string
}

const OTHER_NAMES = 0xa0
const OTHER_NAME = 0x5f0f

/** Reads DG11 (ICAO 9303-10, 4.7.11). Empty elements are left out. Throws `lds-count` and what the text reader throws. */
export function readDg11(template: Tlv, note: Note): PersonalDetails {
  const read = fieldReader(readListedElements(template, note), note)
  return withoutAbsent({
    name: read(0x5f0e, nameOf),
    otherNames: read(OTHER_NAMES, (row) =>
      readCounted(row, OTHER_NAME, 'other names').map((name) => nameOf(name, note)),
    ),
    personalNumber: read(0x5f10, plainText),
    dateOfBirth: read(0x5f2b, dateOf),
    placeOfBirth: read(0x5f11, textParts),
    address: read(0x5f42, textParts),
    telephone: read(0x5f12, plainText),
    profession: read(0x5f13, plainText),
    title: read(0x5f14, plainText),
    summary: read(0x5f15, textOf),
    proofOfCitizenship: read(0x5f16, ({ value }) => value),
    otherDocumentNumbers: read(0x5f17, textParts),
    custody: read(0x5f18, plainText),
  })
}
