export { canonicalJson } from './canonical-json.ts'
export { CHECKS, type CheckName } from './checklist.ts'
export type { Frame, VerificationEvidence } from './evidence.ts'
export {
  ActiveAuthenticationJson,
  ChallengeJson,
  ChipAuthenticationJson,
  readActiveAuthentication,
  readChallenge,
  readChipAuthentication,
} from './evidence-json.ts'
export { MAX_FRAMES } from './holder.ts'
export { type Instruments, openInstruments } from './instruments.ts'
export { DEFAULT_POLICY, POLICIES, policyNamed, readPolicy } from './policies.ts'
export type { Policy, Weight } from './policy.ts'
export type {
  CheckResult,
  DocumentResult,
  FaceResult,
  LivenessResult,
  MrzResult,
  Timings,
  Verdict,
  Verification,
  VerificationResult,
} from './result.ts'
export { type Stage, unobserved } from './stage.ts'
export { type VerificationContext, verify } from './verify.ts'
