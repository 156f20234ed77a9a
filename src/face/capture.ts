import { indeterminate, passed } from '../check/index.ts'
import type { CaptureJudgement, FaceAnalysis, FaceMissing } from './analysis.ts'
import { ASPECTS } from './quality/aspects.ts'

/**
 * Judges whether a capture is good enough to be compared. One that is not is indeterminate, with advice: a bad picture
 * says nothing about the person.
 */
export function judgeCapture(analysis: FaceAnalysis | FaceMissing): CaptureJudgement {
  if ('reason' in analysis) return indeterminate(analysis.reason, { advice: [ADVICE_MISSING[analysis.reason]] })
  const { values, advice } = analysis.quality
  const evidence = { faces: analysis.geometry.faces, quality: values, advice }
  const tooLow = ASPECTS.find(({ name, required }) => required !== undefined && (values[name] ?? 0) < required)
  return tooLow ? indeterminate(tooLow.code ?? 'capture-poor', evidence) : passed(evidence)
}

const ADVICE_MISSING = {
  'no-face': 'hold the camera so that it sees the whole face, with light on it',
  'face-too-small': 'come closer to the camera',
} as const satisfies Record<FaceMissing['reason'], string>
