import { malformed, smallInteger, TAG, type Tlv } from '../der/index.ts'
import type { Note } from './note.ts'

const TAG_LIST = 0x5c
/** Elements in DG11 or DG12; the standard knows sixteen. */
const MAX_ELEMENTS = 64

/**
 * Reads the elements of DG11 or DG12 by tag, behind the list of tags that announces them (ICAO 9303-10, 4.7.11,
 * 4.7.12). A missing list is noted as `tag-list-missing`, one that differs from what follows as `tag-list-mismatch`; a
 * repeated element as `repeated-tag`, the first one counts. Throws `lds-too-many-elements`.
 */
export function readListedElements(template: Tlv, note: Note): Map<number, Tlv> {
  const reader = template.reader()
  const list = reader.takeOptional(TAG_LIST)
  const elements = new Map<number, Tlv>()
  while (!reader.atEnd) {
    if (elements.size === MAX_ELEMENTS) {
      throw malformed('lds-too-many-elements', `more than ${MAX_ELEMENTS} elements in one data group`)
    }
    const element = reader.next()
    if (elements.has(element.tag)) note('repeated-tag')
    else elements.set(element.tag, element)
  }
  if (!list) note('tag-list-missing')
  else if (!announces(list.value, elements)) note('tag-list-mismatch')
  return elements
}

/** Whether the listed tags are those that follow. A template [0] is listed by its content's tag or by its own. */
function announces(list: Uint8Array, elements: ReadonlyMap<number, Tlv>): boolean {
  const listed = new Set<number>()
  for (let i = 0; i < list.length; i++) {
    const octet = list[i]!
    listed.add((octet & 0x1f) === 0x1f ? octet * 256 + (list[++i] ?? 0) : octet)
  }
  for (const tag of elements.keys()) if (!listed.delete(tag) && tag !== 0xa0) return false
  listed.delete(0x5f0f)
  listed.delete(0x5f1a)
  return listed.size === 0
}

/**
 * The elements of a counted row, `02` count, then so many elements of one tag (ICAO 9303-10, 4.7.11 and 4.7.12: A0).
 * Throws `lds-count`.
 */
export function readCounted(row: Tlv, tag: number, what: string): Tlv[] {
  const reader = row.reader()
  const count = smallInteger(reader.take(TAG.integer, `the number of ${what}`))
  const elements: Tlv[] = []
  while (!reader.atEnd && elements.length < count) elements.push(reader.take(tag, what))
  if (elements.length !== count || !reader.atEnd)
    throw malformed('lds-count', `the number of ${what} is not the one declared`)
  return elements
}

/** Reads one field by its tag; absent and empty ones are undefined. */
export type FieldReader = <T>(tag: number, reading: (element: Tlv, note: Note) => T) => T | undefined

/** A reader of the elements of DG11 or DG12 (ICAO 9303-10, 4.7.11 and 4.7.12). */
export function fieldReader(elements: ReadonlyMap<number, Tlv>, note: Note): FieldReader {
  return (tag, reading) => {
    const element = elements.get(tag)
    return element && element.value.length > 0 ? reading(element, note) : undefined
  }
}
