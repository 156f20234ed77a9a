import { malformed, oidOf, TAG, type Tlv, textOf } from '../der/index.ts'

/** RelativeDistinguishedNames of one name, and attributes of one of those; real names have under 10. */
const MAX_NAME_PARTS = 64
/** Names repeat: 244 distinct ones among the 588 certificates of a master list. */
const MAX_REMEMBERED_NAMES = 4096
/** Octets of the longest name that is remembered: whoever sends long ones shall not fill the memory with them. */
const MAX_REMEMBERED_LENGTH = 512

/** A distinguished name (RFC 5280, 4.1.2.4). */
export interface Name {
  readonly encoding: Uint8Array
  /** Two names are equal (RFC 5280, 7.1) exactly when their keys are. */
  readonly key: string
  /** The country (C) as written, undefined when there is none. */
  readonly country?: string
  /** For people: `C=UT, O=..., CN=...`, in the order of the name. */
  readonly text: string
}

const COUNTRY = '2.5.4.6'
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  [COUNTRY]: 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
}

const remembered = new Map<string, Name>()

/** Reads a Name (RFC 5280, 4.1.2.4). Throws `name-malformed` or a DER fault. */
export function readName(element: Tlv): Name {
  if (element.tag !== TAG.sequence) throw malformed('name-malformed', 'a distinguished name was expected')
  const { encoding } = element
  if (encoding.length > MAX_REMEMBERED_LENGTH) return parseName(element)
  const identity = Buffer.from(encoding.buffer, encoding.byteOffset, encoding.length).toString('latin1')
  const known = remembered.get(identity)
  if (known) return known
  if (remembered.size >= MAX_REMEMBERED_NAMES) remembered.clear()
  const name = parseName(element)
  remembered.set(identity, name)
  return name
}

function parseName(element: Tlv): Name {
  const keys: string[] = []
  const texts: string[] = []
  let country: string | undefined
  for (const rdn of partsOf(element)) {
    const attributes = partsOf(rdn).map(readAttribute)
    keys.push(
      attributes
        .map(({ type, value }) => `${type}=${normalise(value)}`)
        .sort()
        .join('+'),
    )
    texts.push(attributes.map(({ type, value }) => `${SHORT_NAMES[type] ?? type}=${value}`).join('+'))
    country ??= attributes.find(({ type }) => type === COUNTRY)?.value.trim()
  }
  const encoding = Uint8Array.from(element.encoding) // remembered beyond the life of the input
  return { encoding, key: JSON.stringify(keys), text: texts.join(', '), ...(country !== undefined && { country }) }
}

function partsOf(element: Tlv): Tlv[] {
  const parts = element.children()
  if (parts.length > MAX_NAME_PARTS) throw malformed('name-malformed', 'a distinguished name of too many parts')
  return parts
}

function readAttribute(element: Tlv): { type: string; value: string } {
  const reader = element.reader()
  const type = oidOf(reader.next())
  const value = readValue(reader.next())
  reader.finish('an attribute of a name')
  return { type, value }
}

/** Text where it is text; other kinds of value are compared as they are encoded. */
function readValue(element: Tlv): string {
  try {
    return textOf(element)
  } catch {
    return `#${Buffer.from(element.encoding).toString('hex')}`
  }
}

/** The comparison of RFC 5280, 7.1: compatibility forms composed, case folded, runs of spaces as one, none outside. */
const normalise = (value: string): string => value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
