import { createHash } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { Fault } from '../check/index.ts'
import type { Fusion, ModelSet } from '../onnx/index.ts'
import { similarityOfItself } from './compare.ts'

/** A calibration is a few kilobytes. */
export const MAX_CALIBRATION_BYTES = 1 << 20

const Rate = Type.Number({ minimum: 0, maximum: 1 })
/** Similarities can be below -1: 0 is the average pair of strangers, 1 a face with itself. */
const Similarity = Type.Number({ minimum: -100, maximum: 100 })
/** As `Proportion` of src/check: two-sided exact 95 % bounds. */
const Measured = Type.Object({ count: Type.Integer(), trials: Type.Integer(), rate: Rate, lower: Rate, upper: Rate })

/** FMR and FNMR (ISO/IEC 19795-1) when faces of at least this similarity match. */
const OperatingPoint = Type.Object({
  falseMatchRate: Rate,
  similarity: Similarity,
  falseMatch: Measured,
  falseNonMatch: Type.Optional(Measured),
})

const CalibrationSchema = Type.Object({
  kind: Type.Literal('genkend-face-calibration'),
  /** What it was measured on. */
  source: Type.String({ minLength: 1, maxLength: 1000 }),
  /** The models that made the scores, as results name them: other models need another calibration. */
  models: Type.Record(Type.String(), Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })),
  /** Where the engine decides; its `falseMatchRate` is the one that was asked for. */
  decision: OperatingPoint,
  /** The rate at each similarity, falling; the strictest last. */
  operatingPoints: Type.Array(OperatingPoint, { minItems: 1, maxItems: 100 }),
  /** Error rates of each kind of pair at the decision. */
  subsets: Type.Record(
    Type.String(),
    Type.Object({ falseMatch: Type.Optional(Measured), falseNonMatch: Type.Optional(Measured) }),
  ),
  /** Pairs of which a picture showed no usable face: they count in no rate. */
  failures: Measured,
})

/** What `genkend face --calibrate` writes: thresholds from one's own pairs, with bounds. */
export type FaceCalibration = Static<typeof CalibrationSchema>

/** A calibration that was read, and the SHA-256 of its file, `sha256:…`. */
export interface IdentifiedCalibration {
  readonly id: string
  readonly calibration: FaceCalibration
}

/** @throws Fault `calibration-invalid` (usage) */
export function readCalibration(bytes: Uint8Array): IdentifiedCalibration {
  const calibration = bytes.length <= MAX_CALIBRATION_BYTES ? parse(bytes) : undefined
  if (!Value.Check(CalibrationSchema, calibration) || !falls(calibration.operatingPoints))
    throw new Fault('calibration-invalid', 'usage', 'the file is no face calibration')
  return { id: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, calibration }
}

/**
 * The fusion of the recognition models with a calibration's rates and decision in place of its own.
 * @throws Fault `calibration-of-other-models` (usage), `face-uncalibrated` (installation)
 */
export function calibratedFusion(models: ModelSet, calibration?: FaceCalibration): Fusion {
  const fusion = models.fusion('face-recognition')
  if (!fusion) throw new Fault('face-uncalibrated', 'installation', 'the recognition models have no calibration')
  if (!calibration) return fusion
  const used = faceModels(models.identities)
  const isOfThese = ([name, hash]: [string, string]) => calibration.models[name] === hash
  if (Object.keys(calibration.models).length !== Object.keys(used).length || !Object.entries(used).every(isOfThese))
    throw new Fault('calibration-of-other-models', 'usage', 'the face calibration was made with other models')
  const unit = similarityOfItself(fusion)
  return {
    terms: fusion.terms,
    operatingPoints: calibration.operatingPoints.map(({ falseMatchRate, similarity }) => ({
      falseMatchRate,
      score: similarity * unit,
    })),
    threshold: calibration.decision.similarity * unit,
    source: calibration.source,
  }
}

/** Of the models in use, those that a face's score depends on. */
export function faceModels(identities: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(identities).filter(([name]) => /^face-(?!calibration)/.test(name)))
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

/** Interpolation needs rates above 0 that fall while similarities do not. */
function falls(points: FaceCalibration['operatingPoints']): boolean {
  return points.every(({ falseMatchRate, similarity }, i) => {
    const before = points[i - 1]
    return (
      falseMatchRate > 0 && (!before || (falseMatchRate < before.falseMatchRate && similarity >= before.similarity))
    )
  })
}
