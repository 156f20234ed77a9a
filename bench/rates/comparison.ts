import { exactProportion, type Proportion } from '../../src/check/index.ts'

/**
 * The scores of an evaluation's comparisons, higher meaning more alike. A comparison that gave no score, because a
 * picture failed to be acquired, is `undefined`.
 */
export interface ComparisonTrials {
  /** Mated comparisons: both samples are of one person. */
  readonly genuine: readonly (number | undefined)[]
  /** Non-mated comparisons: zero-effort impostors. */
  readonly impostor: readonly (number | undefined)[]
}

/** Error rates at one threshold in the terms of ISO/IEC 19795-1, with exact 95 % bounds. */
export interface ErrorRates {
  /** FMR: impostor comparisons that score the threshold or more, of those that gave a score. */
  readonly falseMatch: Proportion
  /** FNMR: genuine comparisons that score less, of those that gave a score. */
  readonly falseNonMatch: Proportion
  /** Comparisons, genuine and impostor, that gave no score. */
  readonly failures: Proportion
  /** GFAR: as FMR, of all attempts: who cannot be compared is not accepted. */
  readonly generalisedFalseAccept: Proportion
  /** GFRR: as FNMR, of all attempts: who cannot be compared is rejected. */
  readonly generalisedFalseReject: Proportion
}

/** One point of a detection error trade-off curve: generalised rates at a threshold. */
export interface DetPoint {
  readonly threshold: number
  readonly falseAccept: number
  readonly falseReject: number
}

export function errorRatesAt(threshold: number, { genuine, impostor }: ComparisonTrials): ErrorRates {
  const mated = genuine.filter((score) => score !== undefined)
  const nonMated = impostor.filter((score) => score !== undefined)
  const falseMatches = nonMated.filter((score) => score >= threshold).length
  const falseNonMatches = mated.filter((score) => score < threshold).length
  const lost = genuine.length - mated.length
  return {
    falseMatch: exactProportion(falseMatches, nonMated.length),
    falseNonMatch: exactProportion(falseNonMatches, mated.length),
    failures: exactProportion(lost + impostor.length - nonMated.length, genuine.length + impostor.length),
    generalisedFalseAccept: exactProportion(falseMatches, impostor.length),
    generalisedFalseReject: exactProportion(falseNonMatches + lost, genuine.length),
  }
}

/**
 * The lowest threshold at which at most the share `rate` of all impostor attempts is accepted: just above the score of
 * the first one too many.
 */
export function thresholdAt(rate: number, { impostor }: ComparisonTrials): number {
  const scores = sorted(impostor)
  const allowed = Math.floor(rate * scores.length)
  return allowed >= scores.length ? Number.NEGATIVE_INFINITY : nextAbove(scores[scores.length - 1 - allowed]!)
}

/** GFRR where GFAR is at most `rate`: with no failures, the usual "FNMR at FMR". */
export function falseRejectAt(rate: number, trials: ComparisonTrials): Proportion {
  return errorRatesAt(thresholdAt(rate, trials), trials).generalisedFalseReject
}

/** Where the generalised rates meet: the least that the larger of both can be. */
export function equalErrorRate(trials: ComparisonTrials): number {
  return detCurve(trials).reduce((least, { falseAccept, falseReject }) => {
    return Math.min(least, Math.max(falseAccept, falseReject))
  }, 1)
}

/** The trade-off at every threshold where something changes, from the most lenient to the strictest. */
export function detCurve(trials: ComparisonTrials): DetPoint[] {
  const genuine = sorted(trials.genuine)
  const impostor = sorted(trials.impostor)
  const thresholds = [...new Set([...genuine, ...impostor])].filter(Number.isFinite)
  const last = thresholds.toSorted((a, b) => a - b).at(-1)
  if (last !== undefined) thresholds.push(nextAbove(last))
  return thresholds
    .toSorted((a, b) => a - b)
    .map((threshold) => ({
      threshold,
      falseAccept: 1 - below(impostor, threshold) / impostor.length,
      falseReject: below(genuine, threshold) / genuine.length,
    }))
}

/** Ascending; what gave no score is below everything. */
function sorted(scores: readonly (number | undefined)[]): Float64Array {
  return Float64Array.from(scores, (score) => score ?? Number.NEGATIVE_INFINITY).sort()
}

/** How many of the ascending `scores` are less than `threshold`. */
function below(scores: Float64Array, threshold: number): number {
  let [low, high] = [0, scores.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (scores[middle]! < threshold) low = middle + 1
    else high = middle
  }
  return low
}

/** Just above, by far less than any two scores differ. */
function nextAbove(score: number): number {
  return score + Math.max(Math.abs(score), 1) * Number.EPSILON
}
