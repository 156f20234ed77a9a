import { malformed, openTlv, type Reading, type Tlv } from '../der/index.ts'
import type { Note } from './note.ts'

/** Files of a chip have dozens of elements, faces with all their landmarks some thousands. */
export const LDS_READING: Reading = { ber: true, maxElements: 20_000 }

/**
 * Opens a file of the chip at its outermost element (ICAO 9303-10, 4.6 and 4.7). Zeros behind it come from reading a
 * file at its allotted size and are noted as `trailing-bytes`; BER where DER is asked for is noted as `ber-encoding`
 * once the file was read (see `noteEncoding`).
 * Throws `lds-empty-file`, `lds-wrong-tag`, `lds-trailing-data` for anything else behind it, and what `openTlv` throws.
 */
export function openTemplate(bytes: Uint8Array, tag: number, note: Note): Tlv {
  if (bytes.length === 0) throw malformed('lds-empty-file', 'the file has no bytes')
  const template = openTlv(bytes, LDS_READING)
  if (template.tag !== tag) throw malformed('lds-wrong-tag', 'the file does not start with the tag of its kind')
  if (template.end < bytes.length) {
    for (let i = template.end; i < bytes.length; i++) {
      if (bytes[i] !== 0) throw malformed('lds-trailing-data', 'the file goes on behind its template')
    }
    note('trailing-bytes', { octets: bytes.length - template.end })
  }
  return template
}

/** Notes that BER (X.690, 8) was met while the file was read, where DER is asked for. */
export function noteEncoding(template: Tlv, note: Note): void {
  if (template.input.ber) note('ber-encoding')
}
