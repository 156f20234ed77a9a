import { malformed, type Tlv } from '../der/index.ts'
import { failingCheckDigits } from './mrz-check-digits.ts'
import type { Note } from './note.ts'

/** DG1: the machine readable zone as the chip holds it, cut into its lines. */
export interface MachineReadableZone {
  readonly format: 'TD1' | 'TD2' | 'TD3'
  readonly lines: readonly string[]
}

const MRZ = 0x5f1f

/** Length in characters, format, and length of a line. */
const FORMATS = [
  { length: 90, format: 'TD1', line: 30 },
  { length: 72, format: 'TD2', line: 36 },
  { length: 88, format: 'TD3', line: 44 },
] as const

/**
 * Reads DG1 (ICAO 9303-10, 4.7.1). Characters outside the MRZ's alphabet are noted as `mrz-character`, check digits
 * that do not hold as `mrz-check-digit`: both are the issuer's to answer for, since the text is signed.
 * Throws `dg1-length`, `dg1-character` for what is no printable ASCII, and what the TLV reader throws.
 */
export function readDg1(template: Tlv, note: Note): MachineReadableZone {
  const reader = template.reader()
  const { value } = reader.take(MRZ, 'the machine readable zone')
  reader.finish('DG1')
  const kind = FORMATS.find(({ length }) => length === value.length)
  if (!kind) throw malformed('dg1-length', 'the machine readable zone has the length of no format')
  const text = Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1')
  if (!/^[\x20-\x7e]*$/.test(text)) {
    throw malformed('dg1-character', 'the machine readable zone holds characters that cannot be printed')
  }
  const lines: string[] = []
  for (let start = 0; start < text.length; start += kind.line) lines.push(text.slice(start, start + kind.line))
  if (!/^[A-Z0-9<]*$/.test(text)) note('mrz-character')
  const failing = failingCheckDigits(kind.format, lines)
  if (failing.length > 0) note('mrz-check-digit', { fields: failing })
  return { format: kind.format, lines }
}
