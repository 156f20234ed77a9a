import { malformed, smallInteger, TAG, type Tlv } from '../der/index.ts'
import { withoutAbsent } from './absent.ts'
import { dateOf } from './date.ts'
import { fieldReader } from './listed-elements.ts'
import type { Note } from './note.ts'
import { nameOf, type PersonName, plainText, textParts } from './text.ts'

/** Persons to notify in one document. */
const MAX_PERSONS = 15

/** One person to notify in an emergency. */
export interface PersonToNotify {
  /** ISO 8601: when this was recorded. */
  readonly recordedOn?: string
  readonly name?: PersonName
  readonly telephone?: string
  readonly address?: readonly string[]
}

/**
 * Reads DG16 (ICAO 9303-10, 4.7.16): a count, then a template `[1]` to `[15]` for each person; the standard's own
 * example numbers them all alike. Throws `dg16-count`.
 */
export function readDg16(template: Tlv, note: Note): readonly PersonToNotify[] {
  const reader = template.reader()
  const count = smallInteger(reader.take(TAG.integer, 'the number of persons'))
  const persons: PersonToNotify[] = []
  while (!reader.atEnd && persons.length < MAX_PERSONS) persons.push(readPerson(reader.next(), note))
  if (persons.length !== count || !reader.atEnd) {
    throw malformed('dg16-count', 'the number of persons to notify is not the one declared')
  }
  return persons
}

function readPerson(person: Tlv, note: Note): PersonToNotify {
  const elements = new Map(person.children().map((element) => [element.tag, element]))
  const read = fieldReader(elements, note)
  return withoutAbsent({
    recordedOn: read(0x5f50, dateOf),
    name: read(0x5f51, nameOf),
    telephone: read(0x5f52, plainText),
    address: read(0x5f53, textParts),
  })
}
