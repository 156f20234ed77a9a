import type { Outcome } from '../check/index.ts'

/** A rectangle in pixels of the picture, x to the right, y down. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Head pose in degrees. Yaw is positive when the person turns to their own left, pitch when they look up. */
export interface Pose {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
}

/** Where a face is and how it is held: what a challenge frame needs. */
export interface FaceGeometry {
  readonly box: Box
  /** The detector's score, 0 to 1. */
  readonly score: number
  /** 468 points of the face mesh, x y z interleaved, in pixels of the picture. */
  readonly mesh: Float32Array
  readonly pose: Pose
  /** How many faces the picture holds. */
  readonly faces: number
  /** The visible area of the largest other face by that of this one: 0 (alone), 1 (as large), or more. */
  readonly rival: number
}

/** What identifies a face: one unit-length descriptor for each recognition model, by model id. Biometric data. */
export type FaceTemplate = Readonly<Record<string, Float32Array>>

/** Capture quality, each 0 to 100 (ISO/IEC 29794-5 in spirit), and advice where a value is too low. */
export interface FaceQuality {
  readonly values: Readonly<Record<string, number>>
  readonly advice: readonly string[]
}

/** Everything that one picture's face yields. */
export interface FaceAnalysis {
  readonly geometry: FaceGeometry
  readonly template: FaceTemplate
  readonly quality: FaceQuality
}

/** A face seen in passing: enough to tell whether it is still the same person's, too little to identify anyone by. */
export interface FaceGlance {
  readonly geometry: FaceGeometry
  /** Comparable with those of other glances alone. Biometric data. */
  readonly likeness: FaceTemplate
  readonly quality: FaceQuality
}

/** Why a picture yields no analysis. */
export interface FaceMissing {
  readonly reason: 'no-face' | 'face-too-small'
}

/** Two templates compared. `match` is `similarity >= threshold`. */
export interface FaceComparison {
  readonly similarity: number
  readonly threshold: number
  /** The share of impostor pairs of the calibration set that would score as high. */
  readonly falseMatchRate: number
  readonly match: boolean
  /** What `falseMatchRate` and `threshold` were measured on. */
  readonly calibration: string
}

/** Judges whether a capture is good enough to be compared. */
export type CaptureJudgement = Outcome
