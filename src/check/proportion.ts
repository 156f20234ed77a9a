/** How often something happened in independent trials, with the bounds (95 % unless said otherwise) of its probability. */
export interface Proportion {
  readonly count: number
  readonly trials: number
  /** `count / trials`; NaN without trials. */
  readonly rate: number
  readonly lower: number
  readonly upper: number
}

/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const NORMAL_95 = 1.959964
const BISECTIONS = 60

/**
 * A proportion with exact two-sided binomial bounds (Clopper and Pearson 1934): never too narrow, also for 0 of n.
 * `confidence` is between 0 and 1. They hold for independent trials: pairs that share pictures are not quite.
 */
export function exactProportion(count: number, trials: number, confidence = 0.95): Proportion {
  const tail = (1 - confidence) / 2
  const lower = count <= 0 ? 0 : betaQuantile(tail, count, trials - count + 1)
  const upper = count >= trials ? 1 : betaQuantile(1 - tail, count + 1, trials - count)
  return { count, trials, rate: count / trials, lower, upper }
}

/** A proportion with two-sided 95 % bounds after Wilson (1927): narrower than the exact ones, and right on average. */
export function wilsonProportion(count: number, trials: number): Proportion {
  if (trials === 0) return { count, trials, rate: Number.NaN, lower: 0, upper: 1 }
  const rate = count / trials
  const z2 = NORMAL_95 ** 2 / trials
  const centre = (rate + z2 / 2) / (1 + z2)
  const half = Math.sqrt((z2 * (rate * (1 - rate) + z2 / 4)) / (1 + z2) ** 2)
  return { count, trials, rate, lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) }
}

/**
 * The lowest rate that so many independent trials without an error support with 95 % confidence: the rule of three
 * (ISO/IEC 19795-1, annex B).
 */
export function ruleOfThree(trials: number): number {
  return Math.min(1, 3 / trials)
}

/** Where the beta distribution's cumulative function reaches `probability`, by bisection. */
function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2
    if (betaCumulative(middle, a, b) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8). */
function betaCumulative(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  // The fraction converges fast on this side only; the other one mirrors it.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCumulative(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  return front / continuedFraction(x, a, b)
}

/** 1 + d1 / (1 + d2 / (1 + ...)), from the front (Lentz 1976). */
function continuedFraction(x: number, a: number, b: number): number {
  let value = 1
  let numerator = 1
  let denominator = 0
  for (let i = 1; i < 10_000; i++) {
    const m = Math.floor(i / 2)
    const step =
      i % 2 === 0 ? (m * (b - m) * x) / ((a + i - 1) * (a + i)) : (-(a + m) * (a + b + m) * x) / ((a + i - 1) * (a + i))
    denominator = 1 / nonZero(1 + step * denominator)
    numerator = nonZero(1 + step / numerator)
    value *= numerator * denominator
    if (Math.abs(numerator * denominator - 1) < 1e-14) break
  }
  return value
}

const nonZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)

/** Stirling's series after a shift to where it is exact to double precision. */
function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 12; at++) shift -= Math.log(at)
  const square = 1 / (at * at)
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / at
  return shift + (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series
}
