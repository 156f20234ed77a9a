import { encodeTlv, readerOf, TAG, type Tlv } from '../../src/chip/der/index.ts'
import type { Random } from '../../src/specimen/person/random.ts'

/** An element of a genuine file, with those inside it: also those inside octet and bit strings. */
interface Element {
  readonly tag: number
  readonly encoding: Buffer
  /** What stands before the elements inside: the count of unused bits of a bit string. */
  readonly prefix: Buffer
  readonly inside: readonly Element[]
}

/** A genuine file, taken apart once for many changes. */
export interface Source {
  readonly bytes: Buffer
  readonly elements: readonly Element[]
}

export function takeApart(bytes: Buffer): Source {
  const root = readerOf(bytes).next()
  return { bytes, elements: everyElement(elementOf(root)) }
}

function elementOf(tlv: Tlv): Element {
  const encoding = Buffer.from(tlv.encoding)
  const prefix = Buffer.from(tlv.tag === TAG.bitString ? tlv.value.subarray(0, 1) : [])
  const inside = tlv.constructed ? tlv.children().map(elementOf) : elementWithin(tlv)
  return { tag: tlv.tag, encoding, prefix, inside }
}

/** Octet and bit strings may hold one whole element; most hold octets. */
function elementWithin({ tag, value }: Tlv): readonly Element[] {
  if (tag !== TAG.octetString && tag !== TAG.bitString) return []
  try {
    const reader = readerOf(value.subarray(tag === TAG.bitString ? 1 : 0))
    const only = elementOf(reader.next())
    return reader.atEnd ? [only] : []
  } catch {
    return []
  }
}

const everyElement = (root: Element): Element[] => [root, ...root.inside.flatMap(everyElement)]

/** Numbers at which lengths, counts and signs turn over. */
const EDGES = [0x00, 0x01, 0x1f, 0x30, 0x7f, 0x80, 0x81, 0x84, 0x88, 0xff]
const MAX_CHANGES = 3
const MAX_INSERTED = 16

/** The file with one to three changes that a reader, a chip or a forger could make. */
export function mutate(source: Source, others: readonly Source[], random: Random): Buffer {
  const below = (n: number) => Math.floor(random.unit() * n)
  let changed = random.unit() < 0.5 ? restructured(source, others, random) : source.bytes
  const changes = changed === source.bytes ? 1 + below(MAX_CHANGES) : below(2)
  for (let i = 0; i < changes; i++) changed = random.pick(OCTET_CHANGES)(changed, random, below)
  return changed
}

type OctetChange = (file: Buffer, random: Random, below: (n: number) => number) => Buffer

const OCTET_CHANGES: readonly OctetChange[] = [
  (file, _, below) => withOctet(file, below(file.length), (octet) => octet ^ (1 << below(8))),
  (file, random, below) => withOctet(file, below(file.length), () => random.pick(EDGES)),
  (file, _, below) => withOctet(file, below(file.length), () => below(256)),
  (file, _, below) => file.subarray(0, below(file.length)),
  (file, _, below) => {
    const at = below(file.length)
    const inserted = Buffer.from(Array.from({ length: 1 + below(MAX_INSERTED) }, () => below(256)))
    return Buffer.concat([file.subarray(0, at), inserted, file.subarray(at)])
  },
  (file, _, below) => {
    const at = below(file.length)
    return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + below(MAX_INSERTED))])
  },
  (file, _, below) => Buffer.concat([file, Buffer.alloc(1 + below(MAX_INSERTED), below(2))]),
]

function withOctet(file: Buffer, at: number, change: (octet: number) => number): Buffer {
  const changed = Buffer.from(file)
  if (at < changed.length) changed[at] = change(changed[at]!)
  return changed
}

/** One element changed, and the lengths of all around it put right: damage that a parser does not stop at. */
function restructured({ elements }: Source, others: readonly Source[], random: Random): Buffer {
  const chosen = random.pick(elements)
  const change = random.pick(ELEMENT_CHANGES)
  return encodeWith(
    elements[0]!,
    chosen,
    change(chosen, random, () => random.pick(random.pick(others).elements)),
  )
}

function encodeWith(element: Element, chosen: Element, changed: Buffer): Buffer {
  if (element === chosen) return changed
  const parts = element.inside.map((inner) => encodeWith(inner, chosen, changed))
  if (parts.every((part, i) => part === element.inside[i]!.encoding)) return element.encoding
  return encodeTlv(element.tag, element.prefix, ...parts)
}

type ElementChange = (element: Element, random: Random, foreign: () => Element) => Buffer

const contentOf = ({ encoding }: Element): Buffer => Buffer.from(readerOf(encoding).next().value)

const ELEMENT_CHANGES: readonly ElementChange[] = [
  () => Buffer.alloc(0),
  ({ encoding }) => Buffer.concat([encoding, encoding]),
  (_, __, foreign) => foreign().encoding,
  ({ encoding }, _, foreign) => Buffer.concat([encoding, foreign().encoding]),
  ({ tag }, _, foreign) => encodeTlv(tag, contentOf(foreign())),
  (element, _, foreign) => encodeTlv(foreign().tag, contentOf(element)),
  (element) => encodeTlv(element.tag, element.prefix, ...element.inside.map(({ encoding }) => encoding).reverse()),
  ({ tag }) => encodeTlv(tag),
  (element, random) => {
    const content = contentOf(element)
    const at = Math.floor(random.unit() * content.length)
    return encodeTlv(
      element.tag,
      withOctet(content, at, (octet) => octet ^ (1 << (at & 7))),
    )
  },
  // Forms that BER allows: an indefinite length, an octet string in segments, a length in more octets than it needs.
  (element) => Buffer.concat([tagOctets(element), Buffer.of(0x80), contentOf(element), Buffer.of(0, 0)]),
  (element) => {
    const content = contentOf(element)
    const half = content.length >> 1
    return encodeTlv(element.tag | 0x20, encodeTlv(4, content.subarray(0, half)), encodeTlv(4, content.subarray(half)))
  },
  (element) => {
    const content = contentOf(element)
    return Buffer.concat([tagOctets(element), Buffer.of(0x83, 0, content.length >> 8, content.length & 0xff), content])
  },
  // A length that lies.
  (element, random) => {
    const length = Buffer.from(Array.from({ length: 4 }, () => random.pick(EDGES)))
    return Buffer.concat([tagOctets(element), Buffer.of(0x84), length, contentOf(element)])
  },
]

const tagOctets = ({ tag }: Element): Buffer => {
  const digits = tag.toString(16)
  return Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex')
}
