/**
 * Why a call could not be answered with a result:
 * - `usage`: the caller asked for something that does not exist (an unknown policy, a bad option);
 * - `malformed`: the bytes are not what they claim to be;
 * - `too-large`: a named limit was exceeded;
 * - `unsupported`: a kind of input that Genkend does not read;
 * - `unprocessable`: well formed, but it contradicts itself or the server's state (a challenge already spent);
 * - `installation`: a model or another part of the installation is missing or altered;
 * - `overloaded`, `deadline`, `cancelled`: the queue could not, or did not, answer in time, or the caller left;
 * - `internal`: our own fault.
 */
export type FaultKind =
  | 'usage'
  | 'malformed'
  | 'too-large'
  | 'unsupported'
  | 'unprocessable'
  | 'installation'
  | 'overloaded'
  | 'deadline'
  | 'cancelled'
  | 'internal'

/** The part of a fault that survives a thread or process boundary. */
export interface FaultRecord {
  readonly code: string
  readonly kind: FaultKind
  readonly message: string
}

/** An error with a stable code. The message is for people and holds no personal data. */
export class Fault extends Error {
  override readonly name = 'Fault'

  constructor(
    readonly code: string,
    readonly kind: FaultKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** The fault as plain data; anything that is no fault becomes `internal`, its message withheld. */
  static record(error: unknown): FaultRecord {
    if (error instanceof Fault) return { code: error.code, kind: error.kind, message: error.message }
    return { code: 'internal', kind: 'internal', message: 'an internal error' }
  }

  static fromRecord(record: FaultRecord): Fault {
    return new Fault(record.code, record.kind, record.message)
  }
}
