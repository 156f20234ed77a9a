/** What a kind of task is taken to cost, in ms, before the first one has been measured. */
const FIRST_GUESS = 100

/** The least weight of a new measurement: the estimate follows the last ten or so. */
const WEIGHT = 0.1

/** Moving estimates of how long a task of each kind occupies its worker. */
export class ServiceTimes {
  readonly #estimates = new Map<string, { mean: number; count: number }>()

  /** Milliseconds. */
  expected(kind: string): number {
    return this.#estimates.get(kind)?.mean ?? FIRST_GUESS
  }

  record(kind: string, milliseconds: number): void {
    const { mean, count } = this.#estimates.get(kind) ?? { mean: 0, count: 0 }
    const weight = Math.max(WEIGHT, 1 / (count + 1))
    this.#estimates.set(kind, { mean: mean + weight * (milliseconds - mean), count: count + 1 })
  }
}
