import { malformed, readerOf, type Tlv } from '../der/index.ts'
import type { Note } from './note.ts'
import { LDS_READING } from './template.ts'

/**
 * The applications of travel documents by identifier (ICAO 9303-10, 3.5, 6.1, 7.1 and 8.1): the passport's and LDS2's.
 */
const APPLICATIONS: Readonly<Record<string, string>> = {
  a0000002471001: 'passport',
  a0000002472001: 'travel-records',
  a0000002472002: 'visa-records',
  a0000002472003: 'additional-biometrics',
}

const APPLICATION_TEMPLATE = 0x61
const APPLICATION_IDENTIFIER = 0x4f
const MAX_APPLICATIONS = 64
/** ISO/IEC 7816-4, 8.2.1.2. */
const MAX_IDENTIFIER_OCTETS = 16

/** An application on the chip. */
export interface ChipApplication {
  /** Its identifier, hexadecimal. */
  readonly identifier: string
  /** What it is, where ICAO says so: `passport`, `travel-records`, `visa-records`, `additional-biometrics`. */
  readonly name?: string
}

/**
 * Reads EF.DIR (ICAO 9303-10, 3.11.2; ISO/IEC 7816-4, 8.2.1.1): a row of application templates; chips with more than
 * the passport's application have it, and a signed copy in EF.CardSecurity. Zeros behind it are noted as
 * `trailing-bytes`. Throws `dir-identifier`, `dir-too-many`, `lds-empty-file`, and what the TLV reader throws.
 */
export function readEfDir(bytes: Uint8Array, note: Note): readonly ChipApplication[] {
  if (bytes.length === 0) throw malformed('lds-empty-file', 'the file has no bytes')
  const reader = readerOf(bytes, LDS_READING)
  const applications: ChipApplication[] = []
  while (!reader.atEnd && reader.peek() !== 0) {
    if (applications.length === MAX_APPLICATIONS) throw malformed('dir-too-many', 'too many applications')
    applications.push(readApplication(reader.take(APPLICATION_TEMPLATE, 'an application template')))
  }
  const rest = bytes.subarray(reader.offset)
  if (rest.some((octet) => octet !== 0)) throw malformed('lds-trailing-data', 'the file goes on behind its templates')
  if (rest.length > 0) note('trailing-bytes', { octets: rest.length })
  return applications
}

function readApplication(template: Tlv): ChipApplication {
  const element = template.children().find(({ tag }) => tag === APPLICATION_IDENTIFIER)
  const length = element?.value.length ?? 0
  if (!element || length < 1 || length > MAX_IDENTIFIER_OCTETS) {
    throw malformed('dir-identifier', 'an application without its identifier')
  }
  const identifier = Buffer.from(element.value).toString('hex')
  const name = APPLICATIONS[identifier]
  return name === undefined ? { identifier } : { identifier, name }
}

/** The names of the LDS2 applications (ICAO 9303-10, 6.1, 7.1 and 8.1) among these. */
export const lds2Applications = (applications: readonly ChipApplication[]): string[] =>
  applications.flatMap(({ name }) => (name === undefined || name === 'passport' ? [] : [name]))
