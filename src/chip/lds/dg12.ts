import type { Tlv } from '../der/index.ts'
import { withoutAbsent } from './absent.ts'
import { dateOf, momentOf } from './date.ts'
import { fieldReader, readCounted, readListedElements } from './listed-elements.ts'
import type { Note } from './note.ts'
import { nameOf, type PersonName, plainText } from './text.ts'

/** DG12: further details of the document. */
export interface DocumentDetails {
  readonly issuingAuthority?: string
  /** ISO 8601, unknown parts `XX`. */
  readonly dateOfIssue?: string
  readonly otherPersons?: readonly PersonName[]
  readonly endorsements?: string
  readonly taxOrExitRequirements?: string
  /** Pictures of the document's front and rear, encoded as they came. */
  readonly front?: Uint8Array
  readonly rear?: Uint8Array
  /** ISO 8601 without a time zone: the chip does not state one. */
  readonly personalisedAt?: string
  readonly personalisationSystem?: string
}

const OTHER_PERSONS = 0xa0
const OTHER_PERSON = 0x5f1a

/** Reads DG12 (ICAO 9303-10, 4.7.12). Empty elements are left out. Throws `lds-count` and what the text reader throws. */
export function readDg12(template: Tlv, note: Note): DocumentDetails {
  const read = fieldReader(readListedElements(template, note), note)
  return withoutAbsent({
    issuingAuthority: read(0x5f19, plainText),
    dateOfIssue: read(0x5f26, dateOf),
    otherPersons: read(OTHER_PERSONS, (row) =>
      readCounted(row, OTHER_PERSON, 'other persons').map((name) => nameOf(name, note)),
    ),
    endorsements: read(0x5f1b, plainText),
    taxOrExitRequirements: read(0x5f1c, plainText),
    front: read(0x5f1d, ({ value }) => value),
    rear: read(0x5f1e, ({ value }) => value),
    personalisedAt: read(0x5f55, momentOf),
    personalisationSystem: read(0x5f56, plainText),
  })
}
