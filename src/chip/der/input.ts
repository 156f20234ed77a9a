import { Fault } from '../../check/index.ts'

/** No file of a chip, certificate or master list is larger than this, in bytes. */
export const MAX_INPUT_LENGTH = 64 * 1024 * 1024
/** How deeply elements may nest; real certificates and security objects stay under 16. */
export const MAX_DEPTH = 32
/** How many elements may be read from one input, repeated reads included; lists of certificates need the most. */
export const MAX_ELEMENTS = 400_000

/**
 * One encoded input while it is read: its bytes, the work spent on it, and whether BER was met.
 * Every element read from it refers to it, so that limits hold for the whole and not for each part.
 */
export class DerInput {
  /** True once something was read that BER allows and DER forbids. */
  ber = false
  private elements = 0

  constructor(
    readonly bytes: Uint8Array,
    readonly berAllowed: boolean,
    private readonly maxElements = MAX_ELEMENTS,
  ) {
    if (bytes.length > MAX_INPUT_LENGTH) {
      throw new Fault('der-too-large', 'too-large', `an input of more than ${MAX_INPUT_LENGTH} bytes`)
    }
  }

  /** Counts one element; throws `der-too-many-elements`. */
  spend(): void {
    if (++this.elements > this.maxElements) {
      throw new Fault('der-too-many-elements', 'too-large', `more than ${this.maxElements} elements`)
    }
  }

  /** Notes an encoding that only BER allows; throws `der-ber-encoding` where DER is asked for. */
  noteBer(what: string): void {
    if (!this.berAllowed) throw malformed('der-ber-encoding', `${what}, which DER forbids`)
    this.ber = true
  }
}

/** The fault of bytes that are not what they claim to be: X.690, or the type that was expected, does not allow them. */
export const malformed = (code: string, message: string): Fault => new Fault(code, 'malformed', message)
