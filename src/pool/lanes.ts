/** Two queues: people who wait, and everything that need not hurry. */
export type Lane = 'interactive' | 'batch'

/** After so many interactive calls in a row, a waiting batch call has its turn: batch is slow, never starved. */
export const INTERACTIVE_RUN = 7

/** Two queues, each first in, first out; interactive goes first. */
export class Lanes<T> {
  readonly #waiting: Readonly<Record<Lane, T[]>> = { interactive: [], batch: [] }
  #interactiveRun = 0

  add(lane: Lane, item: T): void {
    this.#waiting[lane].push(item)
  }

  /** Takes the item whose turn it is; undefined when nothing waits. */
  next(): T | undefined {
    const { interactive, batch } = this.#waiting
    const batchIsDue = interactive.length === 0 || this.#interactiveRun >= INTERACTIVE_RUN
    if (batch.length > 0 && batchIsDue) {
      this.#interactiveRun = 0
      return batch.shift()
    }
    this.#interactiveRun = batch.length > 0 ? this.#interactiveRun + 1 : 0
    return interactive.shift()
  }

  /** Takes an item back out; does nothing when it no longer waits. */
  remove(lane: Lane, item: T): void {
    const index = this.#waiting[lane].indexOf(item)
    if (index >= 0) this.#waiting[lane].splice(index, 1)
  }

  waiting(lane: Lane): readonly T[] {
    return this.#waiting[lane]
  }
}
