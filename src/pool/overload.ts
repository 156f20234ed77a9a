import { Fault } from '../check/index.ts'

/** The queue refuses a call that it could not answer in time; worth trying again later. */
export class Overload extends Fault {
  /** When another try is worthwhile, in whole seconds, at least 1. */
  readonly retryAfter: number

  constructor(code: 'overloaded' | 'shutting-down', message: string, retryAfterMs: number) {
    super(code, 'overloaded', message)
    this.retryAfter = Math.max(1, Math.ceil(retryAfterMs / 1000))
  }
}
