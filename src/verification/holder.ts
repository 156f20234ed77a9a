import { Fault, notPerformed, type Outcome, rounded, roundedRate } from '../check/index.ts'
import type { ChipPortrait } from '../chip/index.ts'
import { compareFaces, type FaceAnalysis, type FaceComparison, type FaceMissing, judgeCapture } from '../face/index.ts'
import type { Challenge } from '../liveness/challenge.ts'
import {
  type ChallengeJudgement,
  checkPassive,
  checkPerformance,
  fingerprints,
  judgeChallenge,
  metadataDoubts,
  type ObservedFrame,
  observeFrames,
  type PassiveScore,
  type PassiveUnjudged,
  type SessionCaptures,
} from '../liveness/index.ts'
import type { CheckName } from './checklist.ts'
import type { Frame } from './evidence.ts'
import { checkMatch, checkPortrait, type PortraitUnusable } from './holder-checks.ts'
import type { Instruments } from './instruments.ts'
import { describePortrait } from './portrait.ts'
import type { FaceResult, LivenessResult } from './result.ts'
import type { Stage } from './stage.ts'

/** More frames than a challenge needs: twelve seconds at ten a second. */
export const MAX_FRAMES = 120

/** Selfies that answer no challenge are looked at like its first step: the most frontal one counts. */
const NO_CHALLENGE: Challenge = { nonce: '', steps: [{ kind: 'look-ahead', at: 0 }] }

/** What the holder's checks need beside the evidence. */
export interface HolderContext {
  readonly instruments: Instruments
  readonly at: Date
  readonly captures?: SessionCaptures
}

/** The holder's checks, and what the result says of face and liveness. */
export interface HolderReport {
  readonly checks: Readonly<Partial<Record<CheckName, Outcome>>>
  readonly face?: FaceResult
  readonly liveness?: LivenessResult
}

/**
 * Is the person in front of the camera the one in the chip's portrait, and alive?
 * Throws `frames-too-many`, and the faults of `decodePicture` for frames that are no pictures.
 */
export async function verifyHolder(
  portrait: ChipPortrait | undefined,
  selfie: readonly Frame[] | undefined,
  challenge: Challenge | undefined,
  { instruments, at, captures }: HolderContext,
  stage: Stage,
): Promise<HolderReport> {
  const { faces, passive: detector } = instruments
  if (selfie && selfie.length > MAX_FRAMES) {
    throw new Fault('frames-too-many', 'too-large', `a capture may hold ${MAX_FRAMES} frames`)
  }
  const frames = selfie?.map(({ bytes, time = 0 }) => ({ bytes, time })) ?? []

  const reference = portrait && (await stage('portrait', () => describePortrait(portrait, faces)))
  const { frames: observed, best } = await stage('capture', () =>
    observeFrames(challenge ?? NO_CHALLENGE, frames, faces),
  )
  const analysis = best?.analysis ?? missingFace(observed)
  const capture = analysis ? judgeCapture(analysis) : notPerformed('selfie-missing')
  const comparison = compare(reference, analysis, instruments)
  const passive =
    detector && best ? await stage('passive', () => detector.score(best.picture, best.analysis)) : undefined
  const answered = challenge && frames.length > 0
  const performance = answered
    ? judgeChallenge(challenge, observed, faces.compareGlances, captures?.earlier)
    : undefined
  if (answered) captures?.note(fingerprints(observed))

  return {
    checks: {
      'face.portrait': checkPortrait(reference),
      'face.capture': capture,
      'face.match': checkMatch(comparison, capture),
      'liveness.passive': frames.length > 0 ? checkPassive(detector, passive) : notPerformed('selfie-missing'),
      'liveness.challenge': performance
        ? checkPerformance(performance, metadataDoubts(frames, observed, at))
        : notPerformed(challengeMissing(challenge)),
    },
    ...(comparison && analysis && !('reason' in analysis) ? { face: describeFace(comparison, analysis) } : {}),
    ...(passive || performance ? { liveness: describeLiveness(passive, performance) } : {}),
  }
}

function missingFace(observed: readonly ObservedFrame[]): FaceMissing | undefined {
  const [first] = observed
  return first && 'reason' in first.face ? first.face : undefined
}

function compare(
  reference: FaceAnalysis | PortraitUnusable | undefined,
  capture: FaceAnalysis | FaceMissing | undefined,
  { portraitFusion }: Instruments,
): FaceComparison | undefined {
  if (!reference || !capture || 'reason' in reference || 'reason' in capture) return undefined
  return compareFaces(reference.template, capture.template, portraitFusion)
}

function challengeMissing(challenge: Challenge | undefined): string {
  return challenge ? 'selfie-missing' : 'challenge-missing'
}

function describeFace(comparison: FaceComparison, { quality }: FaceAnalysis): FaceResult {
  return {
    similarity: rounded(comparison.similarity),
    threshold: rounded(comparison.threshold),
    falseMatchRate: roundedRate(comparison.falseMatchRate),
    calibration: comparison.calibration,
    quality: Object.fromEntries(Object.entries(quality.values).map(([name, value]) => [name, rounded(value)])),
  }
}

function describeLiveness(
  passive: PassiveScore | PassiveUnjudged | undefined,
  performance: ChallengeJudgement | undefined,
): LivenessResult {
  return {
    ...(passive && 'score' in passive ? { score: rounded(passive.score), threshold: rounded(passive.threshold) } : {}),
    ...(performance ? { challenge: { passed: performance.passed, code: performance.code } } : {}),
  }
}
