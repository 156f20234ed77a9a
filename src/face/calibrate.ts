import { exactProportion, Fault, type Proportion, ruleOfThree } from '../check/index.ts'
import type { FaceCalibration } from './calibration.ts'

/** A labelled pair that was compared. */
export interface CalibrationPair {
  readonly same: boolean
  readonly subset?: string
  /** Similarity to four decimals, as the engine reports it; `undefined` when a picture showed no usable face. */
  readonly similarity: number | undefined
}

export interface CalibrationOptions {
  /** The false-match rate to decide at; default: the strictest that the pairs support. */
  readonly falseMatchRate?: number
  /** What the pairs are, for people. */
  readonly source: string
  /** The models that made the scores, as results name them. */
  readonly models: Readonly<Record<string, string>>
}

/** A calibration that cannot promise even this is worth nothing. */
const WORST_FALSE_MATCH_RATE = 0.01
/** Two-sided, so that the upper bound holds with 95 %. */
const CONFIDENCE = 0.9
/** The rates that the operating points stand for. */
const LADDER = [0.999, 0.9, 0.5, 0.2, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6]
/** Half of the last decimal of a similarity: between two that differ. */
const HALF_STEP = 0.00005

/**
 * Calibrates on labelled pairs. It decides at the lowest similarity where, with 95 % confidence (exact binomial), no more
 * than the asked share of impostors matches; without a single false match, n impostors support a rate of 3/n (rule of
 * three; ISO/IEC 19795-1, annex B). The confidence is that of independent pairs of the kind that was given.
 * @throws Fault `pairs-too-few` (unprocessable)
 */
export function calibrate(pairs: readonly CalibrationPair[], options: CalibrationOptions): FaceCalibration {
  const scores = (of: readonly CalibrationPair[], same: boolean) =>
    Float64Array.from(of.flatMap((pair) => (pair.same === same ? (pair.similarity ?? []) : []))).sort()
  const impostors = scores(pairs, false)
  const genuine = scores(pairs, true)
  const supported = ruleOfThree(impostors.length)
  const asked = options.falseMatchRate ?? supported
  if (supported > Math.min(asked, WORST_FALSE_MATCH_RATE)) throw tooFew(impostors.length, asked)

  const measured = (falseMatchRate: number, similarity: number) => ({
    falseMatchRate,
    similarity,
    falseMatch: matches(impostors, similarity),
    ...(genuine.length > 0 ? { falseNonMatch: nonMatches(genuine, similarity) } : {}),
  })
  const aboveAll = (impostors.at(-1) ?? 1) + HALF_STEP
  const decision = decide(impostors, asked)
  const kinds = [...new Set(pairs.flatMap(({ subset }) => subset ?? []))].sort()
  const failed = pairs.filter(({ similarity }) => similarity === undefined).length
  return {
    kind: 'genkend-face-calibration',
    source: options.source,
    models: { ...options.models },
    decision: measured(asked, decision),
    operatingPoints: [
      ...LADDER.filter((rate) => rate > supported).map((rate) => measured(rate, letThrough(impostors, rate))),
      measured(supported, aboveAll),
    ],
    subsets: Object.fromEntries(
      kinds.map((kind) => {
        const ofKind = pairs.filter(({ subset }) => subset === kind)
        const [strangers, same] = [scores(ofKind, false), scores(ofKind, true)]
        const rates = {
          ...(strangers.length > 0 ? { falseMatch: matches(strangers, decision) } : {}),
          ...(same.length > 0 ? { falseNonMatch: nonMatches(same, decision) } : {}),
        }
        return [kind, rates]
      }),
    ),
    failures: exactProportion(failed, pairs.length),
  }
}

/** The lowest similarity that keeps the rate's upper bound. */
function decide(impostors: Float64Array, rate: number): number {
  let allowed = 0
  while (allowed < impostors.length && exactProportion(allowed + 1, impostors.length, CONFIDENCE).upper <= rate)
    allowed++
  return justAbove(impostors, allowed)
}

/** The lowest similarity that lets no more than this share of the impostors through. */
function letThrough(impostors: Float64Array, rate: number): number {
  return justAbove(impostors, Math.floor(rate * impostors.length))
}

/** Just above the impostor that is one too many; `impostors` ascend. */
function justAbove(impostors: Float64Array, allowed: number): number {
  const first = impostors[impostors.length - 1 - allowed] ?? impostors[0]! - 2 * HALF_STEP
  return Math.round((first + HALF_STEP) * 1e5) / 1e5
}

function matches(impostors: Float64Array, similarity: number): Proportion {
  return exactProportion(impostors.filter((score) => score >= similarity).length, impostors.length)
}

function nonMatches(genuine: Float64Array, similarity: number): Proportion {
  return exactProportion(genuine.filter((score) => score < similarity).length, genuine.length)
}

function tooFew(count: number, asked: number): Fault {
  const most = Math.min(asked, WORST_FALSE_MATCH_RATE)
  const needed = Math.ceil(3 / most)
  return new Fault(
    'pairs-too-few',
    'unprocessable',
    `${count} pairs of different people support a false-match rate of ${Number(ruleOfThree(count).toPrecision(2))} at best; ${Number(most.toPrecision(2))} needs ${needed} (rule of three)`,
  )
}
