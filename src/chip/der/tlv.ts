import { DerInput, MAX_DEPTH, malformed } from './input.ts'

/** More than four identifier octets, or four length octets, occur in no format that is read here. */
const MAX_TAG_OCTETS = 4
const MAX_LENGTH_OCTETS = 4

const CONSTRUCTED = 0x20
const INDEFINITE = 0x80

/**
 * One element in tag-length-value form (X.690): a view of the input, nothing is copied.
 * Offsets are into `input.bytes`; `end` lies behind the end-of-contents octets of an indefinite length.
 */
export class Tlv {
  constructor(
    readonly input: DerInput,
    /** The identifier octets as one big-endian number: 0x30, 0x7f61, 0x5f2e. */
    readonly tag: number,
    readonly start: number,
    readonly valueStart: number,
    readonly valueEnd: number,
    readonly end: number,
    readonly depth: number,
  ) {}

  get constructed(): boolean {
    return (this.input.bytes[this.start]! & CONSTRUCTED) !== 0
  }

  /** The content octets. */
  get value(): Uint8Array {
    return this.input.bytes.subarray(this.valueStart, this.valueEnd)
  }

  /** The whole encoding, header included. */
  get encoding(): Uint8Array {
    return this.input.bytes.subarray(this.start, this.end)
  }

  /** Reads the elements inside; throws `der-not-constructed` for a primitive element. */
  reader(): TlvReader {
    if (!this.constructed) throw malformed('der-not-constructed', `element ${hex(this.tag)} holds no elements`)
    return new TlvReader(this.input, this.valueStart, this.valueEnd, this.depth + 1)
  }

  /** All elements inside, in order. */
  children(): Tlv[] {
    const reader = this.reader()
    const children: Tlv[] = []
    while (!reader.atEnd) children.push(reader.next())
    return children
  }
}

/**
 * Reads elements one after another. Every method throws a `malformed` fault: `der-truncated` where the bytes end too
 * early, `der-unexpected-tag`, `der-trailing-elements`, `der-unterminated`, `der-too-deep`, `der-ber-encoding`,
 * `der-bad-tag`, `der-bad-length`; or `der-too-many-elements`.
 */
export class TlvReader {
  constructor(
    private readonly input: DerInput,
    /** Where the next element starts. */
    public offset: number,
    private readonly limit: number,
    private readonly depth: number,
  ) {
    if (depth > MAX_DEPTH) throw malformed('der-too-deep', `elements nested more than ${MAX_DEPTH} deep`)
  }

  get atEnd(): boolean {
    return this.offset >= this.limit
  }

  /** The next element's tag without reading it; undefined at the end. */
  peek(): number | undefined {
    if (this.atEnd) return undefined
    const first = this.input.bytes[this.offset]!
    return (first & 0x1f) === 0x1f ? this.readTag(this.offset).tag : first
  }

  next(): Tlv {
    this.input.spend()
    const { bytes } = this.input
    const start = this.offset
    if (start >= this.limit) throw truncated()
    let tag = bytes[start]!
    let at = start + 1
    if ((tag & 0x1f) === 0x1f) ({ tag, at } = this.readTag(start))
    if (tag === 0) throw malformed('der-bad-tag', 'end-of-contents octets where an element was expected')
    if (at >= this.limit) throw truncated()
    let length = bytes[at++]!
    if (length === INDEFINITE) return this.indefinite(tag, start, at)
    if (length > INDEFINITE) {
      const octets = length & 0x7f
      ;({ length, at } = this.longLength(at, octets))
    }
    const end = at + length
    if (end > this.limit) throw truncated()
    this.offset = end
    return new Tlv(this.input, tag, start, at, end, end, this.depth)
  }

  /** The next element, which must have this tag. `what` names it in the message. */
  take(tag: number, what: string): Tlv {
    if (this.atEnd) throw malformed('der-truncated', `${what} is missing`)
    const element = this.next()
    if (element.tag !== tag) {
      throw malformed('der-unexpected-tag', `${what}: expected tag ${hex(tag)}, found ${hex(element.tag)}`)
    }
    return element
  }

  /** The next element when it has this tag. */
  takeOptional(tag: number): Tlv | undefined {
    return this.peek() === tag ? this.next() : undefined
  }

  /** Throws `der-trailing-elements` unless everything was read. */
  finish(what: string): void {
    if (!this.atEnd) throw malformed('der-trailing-elements', `${what} holds more than its type allows`)
  }

  private readTag(start: number): { tag: number; at: number } {
    const { bytes } = this.input
    let tag = bytes[start]!
    let at = start + 1
    if ((tag & 0x1f) !== 0x1f) return { tag, at }
    for (;;) {
      if (at >= this.limit) throw truncated()
      if (at - start >= MAX_TAG_OCTETS) throw malformed('der-bad-tag', `a tag of more than ${MAX_TAG_OCTETS} octets`)
      const octet = bytes[at++]!
      if (octet === 0x80 && at === start + 2) throw malformed('der-bad-tag', 'a tag number with leading zeros')
      tag = tag * 256 + octet
      if (octet < 0x80) return { tag, at }
    }
  }

  private longLength(start: number, octets: number): { length: number; at: number } {
    const { bytes } = this.input
    if (octets > MAX_LENGTH_OCTETS) throw malformed('der-bad-length', `a length of ${octets} octets`)
    if (start + octets > this.limit) throw truncated()
    let length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + bytes[start + i]!
    if (length < 0x80 || bytes[start] === 0) this.input.noteBer('a length in more octets than it needs')
    return { length, at: start + octets }
  }

  /** Finds the end-of-contents octets by walking over what is inside; the nesting bounds the work. */
  private indefinite(tag: number, start: number, valueStart: number): Tlv {
    if ((this.input.bytes[start]! & CONSTRUCTED) === 0) {
      throw malformed('der-bad-length', 'a primitive element of indefinite length')
    }
    this.input.noteBer('an indefinite length')
    const { bytes } = this.input
    const inside = new TlvReader(this.input, valueStart, this.limit, this.depth + 1)
    for (;;) {
      const at = inside.offset
      if (at + 2 > this.limit) throw malformed('der-unterminated', 'an indefinite length without its end')
      if (bytes[at] === 0 && bytes[at + 1] === 0) {
        this.offset = at + 2
        return new Tlv(this.input, tag, start, valueStart, at, at + 2, this.depth)
      }
      inside.next()
    }
  }
}

/** How an input is read: whether BER is let through, and how many elements at most (by default `MAX_ELEMENTS`). */
export interface Reading {
  readonly ber?: boolean
  readonly maxElements?: number
}

/**
 * Opens an input at its first element (X.690, 8.1); what follows that element is the caller's to judge (`root.end`).
 * With `ber`, what only BER allows is noted on the input, else refused. Throws as `TlvReader`, and `der-too-large`.
 */
export function openTlv(bytes: Uint8Array, reading: Reading = {}): Tlv {
  return readerOf(bytes, reading).next()
}

/** Reads DER (X.690, 10) that must fill its input. Throws as `openTlv`, and `der-trailing-bytes` when more follows. */
export function openDer(bytes: Uint8Array, what: string): Tlv {
  const root = openTlv(bytes)
  if (root.end !== bytes.length) throw malformed('der-trailing-bytes', `${what} is followed by other bytes`)
  return root
}

/** Reads a row of elements (X.690, 8.1) that has no element around it. Throws `der-too-large`. */
export function readerOf(bytes: Uint8Array, { ber = false, maxElements }: Reading = {}): TlvReader {
  return new TlvReader(new DerInput(bytes, ber, maxElements), 0, bytes.length, 0)
}

const truncated = () => malformed('der-truncated', 'the bytes end inside an element')

const hex = (tag: number): string => tag.toString(16).padStart(2, '0')
