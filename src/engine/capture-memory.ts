import { FINGERPRINT_VALUES } from '../liveness/fingerprint.ts'
import { CHALLENGE_LIFETIME } from './challenge-ledger.ts'

/** The most frames that are remembered at once: some 400 captures, 3 MB. */
export const MAX_FRAMES_REMEMBERED = 16_000

/**
 * The captures that answered challenges lately, as fingerprints alone: none is taken twice while it could be meant for
 * another challenge of the same time. `now` gives ms since 1970.
 */
export class CaptureMemory {
  #captures: { readonly prints: Float32Array; readonly until: number }[] = []
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** All that is remembered, one fingerprint after the other. */
  get earlier(): Float32Array {
    this.#forget()
    const all = new Float32Array(this.#captures.reduce((sum, { prints }) => sum + prints.length, 0))
    let at = 0
    for (const { prints } of this.#captures) {
      all.set(prints, at)
      at += prints.length
    }
    return all
  }

  remember(prints: Float32Array): void {
    if (prints.length > 0) this.#captures.push({ prints, until: this.#now() + 2 * CHALLENGE_LIFETIME })
    this.#forget()
  }

  #forget(): void {
    const now = this.#now()
    this.#captures = this.#captures.filter(({ until }) => until > now)
    let frames = this.#captures.reduce((sum, { prints }) => sum + prints.length / FINGERPRINT_VALUES, 0)
    while (frames > MAX_FRAMES_REMEMBERED) frames -= this.#captures.shift()!.prints.length / FINGERPRINT_VALUES
  }
}
