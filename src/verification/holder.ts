import { Fault, indeterminate, notPerformed, type Outcome } from '../check/index.ts'
import type { ChipPortrait } from '../chip/index.ts'
import { type FaceAnalysis, type FaceGeometry, type FaceMissing, judgeCapture } from '../face/index.ts'
import { decodePicture, type Picture } from '../image/index.ts'
import type { Challenge } from '../liveness/challenge.ts'
import { judgeChallenge, type ObservedFrame } from '../liveness/index.ts'
import type { CheckName } from './checklist.ts'
import type { Frame } from './evidence.ts'
import { checkChallenge, checkMatch, checkPassive, checkPortrait } from './holder-checks.ts'
import type { Instruments } from './instruments.ts'
import { rounded } from './page-checks.ts'
import type { FaceResult, LivenessResult } from './result.ts'
import type { Stage } from './stage.ts'

/** More frames than any challenge needs: six seconds at fifteen a second. */
export const MAX_FRAMES = 90
/** How many frames of a challenge are described, evenly spread, to see that the person stays the same. */
const DESCRIBED_FRAMES = 5

/** The holder's checks, and what the result says of face and liveness. */
export interface HolderReport {
  readonly checks: Readonly<Partial<Record<CheckName, Outcome>>>
  readonly face?: FaceResult
  readonly liveness?: LivenessResult
}

/** The frame that shows the face best, still decoded. */
interface BestFrame {
  readonly picture: Picture
  readonly geometry: FaceGeometry
}

/**
 * Is the person in front of the camera the one in the chip's portrait, and alive?
 * Throws `frames-too-many`, and the faults of `decodePicture` for frames that are no pictures.
 */
export async function verifyHolder(
  portrait: ChipPortrait | undefined,
  frames: readonly Frame[] | undefined,
  challenge: Challenge | undefined,
  instruments: Instruments,
  stage: Stage,
): Promise<HolderReport> {
  const reference = portrait && (await stage('portrait', () => describePortrait(portrait, instruments)))
  const seen =
    frames && frames.length > 0 ? await observe(frames, challenge !== undefined, instruments, stage) : undefined
  const capture = seen && (await stage('face', () => describeBest(seen.best, instruments)))
  const comparison =
    reference && capture && !('reason' in reference) && !('reason' in capture)
      ? instruments.faces.compare(reference.template, capture.template)
      : undefined
  const passive =
    seen?.best && instruments.passive
      ? await stage('passive', () => instruments.passive!.judge(seen.best!.picture, seen.best!.geometry))
      : undefined
  const performed = challenge && seen ? judgeChallenge(challenge, seen.observed) : undefined
  const captured = capture ? judgeCapture(capture) : notPerformed('selfie-missing')

  return {
    checks: {
      'face.portrait': checkPortrait(reference),
      'face.capture': captured,
      'face.match': checkMatch(comparison, captured),
      'liveness.passive': checkPassive(passive, instruments.passive !== undefined, seen !== undefined),
      'liveness.challenge': checkChallenge(performed, challenge !== undefined),
    },
    ...(comparison && capture && !('reason' in capture)
      ? {
          face: {
            similarity: rounded(comparison.similarity),
            threshold: rounded(comparison.threshold),
            falseMatchRate: Number(comparison.falseMatchRate.toPrecision(2)),
            quality: roundedAll(capture.quality.values),
          },
        }
      : {}),
    ...(passive || performed ? { liveness: describeLiveness(passive, performed) } : {}),
  }
}
