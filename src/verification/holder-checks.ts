import { failed, indeterminate, notPerformed, type Outcome, passed, rounded, roundedRate } from '../check/index.ts'
import type { FaceAnalysis, FaceComparison } from '../face/index.ts'

/** Why a chip's portrait cannot be compared with anything. */
export interface PortraitUnusable {
  readonly reason: 'portrait-undecodable' | 'portrait-without-face'
}

/** The chip's portrait decodes and holds a face. One that does not is its issuer's defect, not a forgery. */
export function checkPortrait(portrait: FaceAnalysis | PortraitUnusable | undefined): Outcome {
  if (!portrait) return notPerformed('portrait-missing')
  return 'reason' in portrait ? indeterminate(portrait.reason) : passed()
}

/** They are the same person. Without a match on a capture that was too poor to compare, nobody is accused. */
export function checkMatch(comparison: FaceComparison | undefined, capture: Outcome): Outcome {
  if (!comparison) return notPerformed('faces-missing')
  const { similarity, threshold, falseMatchRate, match } = comparison
  const evidence = {
    similarity: rounded(similarity),
    threshold: rounded(threshold),
    falseMatchRate: roundedRate(falseMatchRate),
  }
  if (match) return passed(evidence)
  return capture.status === 'passed' ? failed('not-the-same-person', evidence) : indeterminate('capture-poor', evidence)
}
