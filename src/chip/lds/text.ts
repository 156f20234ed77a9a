import { malformed, type Tlv } from '../der/index.ts'
import type { Note } from './note.ts'

/** The longest text that is read from one element, in bytes; a summary or an address stays far below. */
const MAX_TEXT_BYTES = 4_096

/**
 * Text of DG11, DG12, DG13 and DG16 as it stands: UTF-8 (ICAO 9303-10, 4.7.11: national characters). Bytes that are no
 * UTF-8 are read as Latin-1 and noted as `text-not-utf8`; control characters become spaces.
 * Throws `lds-text-too-long`.
 */
export function textOf(element: Tlv, note: Note): string {
  const bytes = element.value
  if (bytes.length > MAX_TEXT_BYTES) throw malformed('lds-text-too-long', `a text of more than ${MAX_TEXT_BYTES} bytes`)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let text = buffer.toString('utf8')
  if (text.includes('\ufffd')) {
    note('text-not-utf8')
    text = buffer.toString('latin1')
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u00a0]/g, ' ')
}

/** One text whose fillers `<` stand for spaces (ICAO 9303-10, 4.7.11). Throws `lds-text-too-long`. */
export const plainText = (element: Tlv, note: Note): string => withoutFillers(textOf(element, note))

/**
 * Text whose parts are separated by fillers (ICAO 9303-10, 4.7.11): an address, a place, several document numbers.
 * Empty parts are dropped. Throws `lds-text-too-long`.
 */
export function textParts(element: Tlv, note: Note): string[] {
  return textOf(element, note)
    .split('<')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A name in the holder's own characters. `secondary` is empty for a name that is not divided. */
export interface PersonName {
  readonly primary: string
  readonly secondary: string
}

/** `PRIMARY<PARTS<<SECONDARY<PARTS` (ICAO 9303-3, 4.6) with fillers taken for spaces. */
export function nameOf(element: Tlv, note: Note): PersonName {
  const text = textOf(element, note)
  const divider = text.indexOf('<<')
  if (divider < 0) return { primary: withoutFillers(text), secondary: '' }
  return { primary: withoutFillers(text.slice(0, divider)), secondary: withoutFillers(text.slice(divider + 2)) }
}

function withoutFillers(text: string): string {
  return text
    .split(/[< ]/)
    .filter((part) => part !== '')
    .join(' ')
}
