import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Model } from '../../onnx/index.ts'

/** Offset and slope on the scale of log-odds. */
const Line = Type.Tuple([Type.Number(), Type.Number()])

/**
 * What the recogniser's probabilities are worth: log-odds of the share that is right, as a line over the log-odds of the
 * product of the characters' (Platt 1999). For readings as wholes, for fields that a check digit covers and for those that
 * none does. Measured by `genkend bench mrz --reliability`, kept beside the model in the manifest.
 */
export const Calibration = Type.Object({ whole: Line, checked: Line, unchecked: Line })
export type Calibration = Static<typeof Calibration>

/** Takes probabilities for what they say. */
export const UNCALIBRATED: Calibration = { whole: [0, 1], checked: [0, 1], unchecked: [0, 1] }

/** The calibration of a recogniser; a model that comes without one is taken at its word. */
export function calibrationOf({ output }: Pick<Model, 'output'>): Calibration {
  const { calibration } = output as { readonly calibration?: unknown }
  return Check(Calibration, calibration) ? calibration : UNCALIBRATED
}

/** The share of such claims that is right, 0 to 1. */
export function calibrated(product: number, [offset, slope]: Calibration['whole']): number {
  return 1 / (1 + Math.exp(-offset - slope * logOdds(product)))
}

/** Natural log-odds of a probability, bounded where it is all but certain. */
export function logOdds(probability: number): number {
  const bounded = Math.min(Math.max(probability, 1e-9), 1 - 1e-9)
  return Math.log(bounded / (1 - bounded))
}
