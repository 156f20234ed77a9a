import { Fault } from '../check/index.ts'
import type { Fusion } from '../onnx/index.ts'
import type { FaceComparison, FaceTemplate } from './analysis.ts'

/**
 * Compares two faces by the models that the fusion names. `similarity` is the fused score in units of a face with
 * itself: 1 for the same picture, 0 for the average pair of different people. `falseMatchRate` falls with it,
 * interpolated in the logarithm between the calibrated operating points, and never below the least that was measured.
 * Throws `templates-incomparable` when a template lacks one of the models, or was made by another version of it.
 */
export function compareFaces(a: FaceTemplate, b: FaceTemplate, fusion: Fusion): FaceComparison {
  const score = fuse(fusion, (model) => cosine(a[model], b[model]))
  const itself = similarityOfItself(fusion)
  const deciding = decidingScore(fusion)
  return {
    similarity: score / itself,
    threshold: deciding / itself,
    falseMatchRate: falseMatchRate(score, fusion),
    match: score >= deciding,
    calibration: fusion.source ?? 'unknown',
  }
}

/** The fused score of a face with itself: the unit of similarity. */
export function similarityOfItself(fusion: Fusion): number {
  return fuse(fusion, () => 1)
}

/** The weighted sum of the models' scores, each in standard deviations from its average between different people. */
export function fuse({ terms }: Fusion, scoreOf: (model: string) => number): number {
  return terms.reduce(
    (sum, { model, weight, mean, deviation }) => sum + (weight * (scoreOf(model) - mean)) / deviation,
    0,
  )
}

/** The share of impostors that score as high, 0 to 1: never rises as the score rises. */
export function falseMatchRate(score: number, { operatingPoints = [] }: Fusion): number {
  const above = operatingPoints.findIndex((point) => point.score > score)
  if (above === 0) return 1
  if (above < 0) return operatingPoints.at(-1)?.falseMatchRate ?? 1
  const [low, high] = [operatingPoints[above - 1]!, operatingPoints[above]!]
  const share = (score - low.score) / (high.score - low.score)
  return low.falseMatchRate * (high.falseMatchRate / low.falseMatchRate) ** share
}

/** The strictest calibrated point decides: it is the one meant for documents. */
function decidingScore({ threshold, operatingPoints }: Fusion): number {
  const score = threshold ?? operatingPoints?.at(-1)?.score
  if (score === undefined)
    throw new Fault('face-uncalibrated', 'installation', 'the recognition models state no threshold')
  return score
}

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) {
    throw new Fault('templates-incomparable', 'unprocessable', 'the two faces were not described by the same models')
  }
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return Math.min(Math.max(sum, -1), 1)
}
