/** What a task is taken to cost, in ms, before the first one has been measured. */
const FIRST_GUESS = 100

/** The least weight of a new measurement: the estimate follows the last ten or so. */
const WEIGHT = 0.1

/** Moving estimates of how long tasks of each cost occupy their worker. */
export class ServiceTimes {
  readonly #estimates = new Map<string, { mean: number; count: number }>()

  /** Milliseconds. */
  expected(cost: string): number {
    return this.#estimates.get(cost)?.mean ?? FIRST_GUESS
  }

  record(cost: string, milliseconds: number): void {
    const { mean, count } = this.#estimates.get(cost) ?? { mean: 0, count: 0 }
    const weight = Math.max(WEIGHT, 1 / (count + 1))
    this.#estimates.set(cost, { mean: mean + weight * (milliseconds - mean), count: count + 1 })
  }
}
