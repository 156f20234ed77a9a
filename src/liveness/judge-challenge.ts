import type { FaceComparison, FaceGlance } from '../face/index.ts'
import { type Baseline, baselineOf } from './baseline.ts'
import type { Challenge, ChallengeStep } from './challenge.ts'
import { checkContinuity } from './continuity.ts'
import { checkUnseen } from './fingerprint.ts'
import { type Finding, isSeen, type ObservedFrame, type SeenFrame } from './frame.ts'
import { chooseKeyFrames } from './key-frames.ts'
import { checkPassage } from './passage.ts'
import { checkRelief, measureRelief } from './relief.ts'
import { checkRepetition } from './repetition.ts'
import { checkSameFace } from './same-face.ts'
import { checkSequence } from './sequence.ts'
import { checkSolid } from './solid.ts'
import { STEP_JUDGES } from './steps/index.ts'

export interface StepJudgement {
  readonly kind: string
  readonly passed: boolean
  /** `ok` or what was wrong. */
  readonly code: string
}

/** How a challenge was performed. */
export interface ChallengeJudgement {
  readonly passed: boolean
  /** `ok`, or the first thing that was wrong. */
  readonly code: string
  /** Nothing speaks of an attack: the recording is merely not good enough to judge, and may be tried again. */
  readonly inconclusive: boolean
  /** The share of the steps that were performed, 0 to 1; 0 when the recording itself is refused. */
  readonly score: number
  readonly steps: readonly StepJudgement[]
}

/** Nobody reacts faster to what is shown (World Athletics takes 100 ms for a false start), in ms. */
const REACTION_MS = 100
/** Who was not looking about straight ahead at first cannot be measured against it. Degrees. */
const MAX_BASELINE_YAW = 20
/** A challenge has a handful of steps. */
const MAX_STEPS = 32

/** No captures are remembered. */
const NOTHING = new Float32Array(0)

const INCONCLUSIVE: ReadonlySet<string> = new Set([
  'too-few-frames',
  'frames-too-sparse',
  'face-lost',
  'several-faces',
  'face-not-described',
  'baseline-missing',
  'light-not-measured',
  'light-too-weak',
])

/**
 * Judges a performance: one uninterrupted recording of one solid head, the same person throughout, who did what was
 * asked, in that order, at human speed, and not one of the `earlier` captures. Pure; `compare` says how alike two faces
 * are that were glanced at; `earlier` holds fingerprints.
 */
export function judgeChallenge(
  challenge: Challenge,
  frames: readonly ObservedFrame[],
  compare: (a: FaceGlance, b: FaceGlance) => FaceComparison,
  earlier: Float32Array = NOTHING,
): ChallengeJudgement {
  const asked = checkSteps(challenge.steps)
  if (asked !== 'ok') return refused(asked, challenge)
  const sequence = checkSequence(frames)
  if (sequence !== 'ok') return refused(sequence, challenge)

  const seen = frames.filter(isSeen)
  const baseline = baselineOf(framesBeforeAnything(challenge.steps, seen))
  if (!baseline || Math.abs(baseline.yaw) > MAX_BASELINE_YAW) return refused('baseline-missing', challenge)

  const steps = challenge.steps.map((step, i) => judgeStep(step, i, challenge.steps, seen, baseline))
  const recording = firstOf(
    checkContinuity(seen, challenge.steps),
    checkRepetition(seen, baseline),
    checkUnseen(frames, earlier),
    checkSameFace(frames, frames[chooseKeyFrames(challenge, frames)[0] ?? 0]?.glance, compare),
  )
  const performance = firstOf(...steps.map((step) => step.code))
  const relief = measureRelief(challenge.steps, seen)
  const head = firstOf(checkPassage(seen, baseline), checkSolid(seen, baseline, relief), checkRelief(relief))
  const code = firstOf(recording, performance, head)
  const isWhole = recording === 'ok' && head === 'ok'
  return {
    passed: code === 'ok',
    code,
    inconclusive: INCONCLUSIVE.has(code),
    score: isWhole ? steps.filter(({ passed }) => passed).length / steps.length : 0,
    steps,
  }
}

/** The first that is not `ok`. */
function firstOf(...findings: readonly Finding[]): Finding {
  return findings.find((finding) => finding !== 'ok') ?? 'ok'
}

function checkSteps(steps: readonly ChallengeStep[]): Finding {
  if (steps.length === 0 || steps.length > MAX_STEPS) return 'challenge-malformed'
  const inOrder = steps.every(({ at }, i) => Number.isFinite(at) && at >= 0 && (i === 0 || at > steps[i - 1]!.at))
  if (!inOrder) return 'challenge-malformed'
  if (steps.every(({ kind }) => kind === 'look-ahead')) return 'challenge-malformed'
  return steps.every(({ kind }) => Object.hasOwn(STEP_JUDGES, kind)) ? 'ok' : 'step-kind-unsupported'
}

/** Until somebody can first have reacted to the first thing that is more than looking ahead. */
function framesBeforeAnything(steps: readonly ChallengeStep[], seen: readonly SeenFrame[]): readonly SeenFrame[] {
  const first = steps.find(({ kind }) => kind !== 'look-ahead')!
  return seen.filter(({ time }) => time <= first.at + REACTION_MS)
}

function judgeStep(
  step: ChallengeStep,
  index: number,
  steps: readonly ChallengeStep[],
  seen: readonly SeenFrame[],
  baseline: Baseline,
): StepJudgement {
  const previous = steps[index - 1]
  const next = steps[index + 1]
  const from = step.at + REACTION_MS
  const until = (next?.at ?? Number.POSITIVE_INFINITY) + REACTION_MS
  const attempt = {
    step,
    previous,
    next,
    baseline,
    before: seen.filter(({ time }) => time >= (previous?.at ?? 0) && time <= from),
    // What is looked at straight away needs no reaction.
    during: seen.filter(({ time }) => time > (previous ? from : step.at - 1) && time <= until),
  }
  const code = STEP_JUDGES[step.kind](attempt)
  return { kind: step.kind, passed: code === 'ok', code }
}

function refused(code: string, { steps }: Challenge): ChallengeJudgement {
  return {
    passed: false,
    code,
    inconclusive: INCONCLUSIVE.has(code),
    score: 0,
    steps: steps.slice(0, MAX_STEPS).map(({ kind }) => ({ kind, passed: false, code: 'not-judged' })),
  }
}
