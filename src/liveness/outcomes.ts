import { failed, indeterminate, notPerformed, type Outcome, passed, rounded } from '../check/index.ts'
import type { ChallengeJudgement } from './judge-challenge.ts'
import type { PassiveDetector, PassiveScore, PassiveUnjudged } from './passive.ts'

/**
 * The check `liveness.passive`. Without a model it was not performed; a picture too poor to judge is indeterminate, even
 * where a score would refuse it. What an advisory detector finds suspicious is only doubted (`pad-doubt`), and what it
 * does not is no proof (`pad-advisory`).
 */
export function checkPassive(
  detector: PassiveDetector | undefined,
  found: PassiveScore | PassiveUnjudged | undefined,
): Outcome {
  if (!detector) return notPerformed('pad-model-missing')
  if (!found) return notPerformed('no-face')
  if ('reason' in found) return indeterminate(found.reason)
  const evidence = { score: rounded(found.score), threshold: rounded(found.threshold), unmeasured: detector.unmeasured }
  if (detector.advisory) return indeterminate(found.live ? 'pad-advisory' : 'pad-doubt', evidence)
  return found.live ? passed(evidence) : failed('presentation-attack', evidence)
}

/**
 * The check `liveness.challenge`: a recording that merely cannot be judged is indeterminate. What its metadata says
 * against it is reported beside.
 */
export function checkPerformance(
  { passed: ok, code, inconclusive, score, steps }: ChallengeJudgement,
  doubts: readonly string[] = [],
): Outcome {
  const evidence = {
    score: rounded(score),
    steps: steps.map(({ kind, code }) => ({ kind, code })),
    ...(doubts.length > 0 ? { doubts } : {}),
  }
  if (ok) return passed(evidence)
  return inconclusive ? indeterminate(code, evidence) : failed(code, evidence)
}
