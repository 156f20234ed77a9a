/** A seeded source of numbers: the same seed gives the same sequence on every machine (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) + 12345) >>> 0
  }

  /** Evenly from 0 (included) to 1 (excluded). */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** Evenly between two numbers. */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** From the normal distribution with mean 0 and deviation 1 (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.unit() + 1e-9)) * Math.cos(2 * Math.PI * this.unit())
  }

  /** One of the choices. */
  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.unit() * choices.length)]!
  }
}
