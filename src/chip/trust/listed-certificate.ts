import { Fault } from '../../check/index.ts'
import { type Certificate, type Name, readCertificate, readSubject } from '../certificate/index.ts'

/** A certificate of a list that could not be read; `index` counts from 0. */
export interface RejectedEntry {
  readonly index: number
  readonly code: string
}

/**
 * A certificate of a master list (ICAO 9303-12, 8), opened at its subject: issuers are looked for by name, and of the
 * hundreds in a list a document needs one or two. The rest is read when it is first asked for.
 */
export class ListedCertificate {
  /** Undefined where the certificate cannot even be opened. */
  readonly subject: Name | undefined
  private read: Certificate | RejectedEntry | undefined

  constructor(
    private readonly index: number,
    private readonly encoding: Uint8Array,
  ) {
    const subject = this.attempt(readSubject)
    if ('code' in subject) this.read = subject
    else this.subject = subject
  }

  /** The whole certificate; undefined where it cannot be read. */
  get certificate(): Certificate | undefined {
    this.read ??= this.attempt(readCertificate)
    return 'code' in this.read ? undefined : this.read
  }

  /** Why the certificate cannot be read; undefined where it can. */
  get rejection(): RejectedEntry | undefined {
    this.read ??= this.attempt(readCertificate)
    return 'code' in this.read ? this.read : undefined
  }

  private attempt<T>(read: (encoding: Uint8Array) => T): T | RejectedEntry {
    try {
      return read(this.encoding)
    } catch (error) {
      return { index: this.index, code: Fault.record(error).code }
    }
  }
}
