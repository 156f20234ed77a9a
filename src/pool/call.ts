import { Fault } from '../check/index.ts'
import type { Lane } from './lanes.ts'

/** The longest time that a timer can be set for, in ms (a signed 32-bit integer); longer means no deadline. */
const LONGEST_TIMER = 2 ** 31 - 1

export interface CallOptions {
  /** Give up when no answer is there after so many ms; default: never. */
  readonly deadlineMs?: number
  /** Default `interactive`. */
  readonly lane?: Lane
  /** Aborting withdraws the call: at once while it waits, between two stages while it runs. */
  readonly signal?: AbortSignal
}

/** What the pool is told of a call beside its caller's wishes. */
export interface PoolCallOptions extends CallOptions {
  /** Calls of the same label take about as long; default: those of the same kind. */
  readonly cost?: string
}

/** One task from its admission to its one answer. */
export class Call {
  readonly answer: Promise<unknown>
  /** See `PoolCallOptions.cost`. */
  readonly cost: string
  /** Shared with the worker, which reads it between stages: not 0 means that nobody waits for the answer. */
  readonly stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  /** On the clock of `performance.now()`. */
  readonly #deadline: number
  readonly #signal: AbortSignal | undefined
  readonly #onWithdrawn: (call: Call) => void
  #timer: NodeJS.Timeout | undefined
  #settle!: { resolve: (answer: unknown) => void; reject: (fault: Fault) => void }

  constructor(
    readonly kind: string,
    readonly input: unknown,
    readonly lane: Lane,
    options: PoolCallOptions,
    onWithdrawn: (call: Call) => void,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.cost = options.cost ?? kind
    this.#onWithdrawn = onWithdrawn
    this.#deadline = performance.now() + (options.deadlineMs ?? Number.POSITIVE_INFINITY)
    if (options.deadlineMs !== undefined && options.deadlineMs <= LONGEST_TIMER)
      this.#timer = setTimeout(this.#expire, options.deadlineMs)
    this.#signal = options.signal
    this.#signal?.addEventListener('abort', this.#cancel, { once: true })
  }

  get withdrawn(): boolean {
    return Atomics.load(this.stop, 0) !== 0
  }

  /** Withdraws the call when its deadline has passed; a busy thread's timers come late. */
  expireIfLate(): boolean {
    const late = performance.now() >= this.#deadline
    if (late) this.#expire()
    return late
  }

  resolve(answer: unknown): void {
    this.#release()
    this.#settle.resolve(answer)
  }

  reject(fault: Fault): void {
    this.#release()
    this.#settle.reject(fault)
  }

  readonly #expire = () => this.#withdraw(new Fault('deadline', 'deadline', 'no answer before the deadline'))

  readonly #cancel = () => this.#withdraw(new Fault('cancelled', 'cancelled', 'the caller withdrew the call'))

  #withdraw(fault: Fault): void {
    Atomics.store(this.stop, 0, 1)
    this.reject(fault)
    this.#onWithdrawn(this)
  }

  #release(): void {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#cancel)
  }
}
