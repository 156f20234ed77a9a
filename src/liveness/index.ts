export type { Challenge, ChallengeStep, StepKind } from './challenge.ts'
export { chooseChallenge } from './choose-challenge.ts'
export { fingerprints, type SessionCaptures } from './fingerprint.ts'
export type { ObservedFrame } from './frame.ts'
export { type ChallengeJudgement, judgeChallenge, type StepJudgement } from './judge-challenge.ts'
export { metadataDoubts } from './metadata.ts'
export { type CapturedFrame, type Observation, observeFrame, observeFrames } from './observe.ts'
export { checkPassive, checkPerformance } from './outcomes.ts'
export {
  createPassiveDetector,
  type LocatedFace,
  type PassiveDetector,
  type PassiveScore,
  type PassiveUnjudged,
} from './passive.ts'
