import type { Challenge, ChallengeStep } from '../liveness/challenge.ts'
import { drawNumber, drawOctets } from './draw.ts'
import type { SelfieView } from './person/index.ts'

/** One frame of a performed challenge: when, in ms from the first frame, and how the head is held then. */
export interface PerformedFrame {
  readonly time: number
  readonly view: SelfieView
}

/** When what is asked, in ms: two turns, one to each side. */
const FIRST_TURN = 800
const FIRST_AHEAD = 1_700
const SECOND_TURN = 2_500
const SECOND_AHEAD = 3_400
const END = 4_200

const FRAME_INTERVAL = 280
/** As a telephone's front camera hands frames to a browser, in pixels. */
const FRAME_SIZE = { width: 400, height: 500 } as const
/** A person needs this long to react, and this long to turn, in ms. */
const REACTION = 200
const MOVEMENT = 600
/** How far the head turns, in degrees. */
const TURN = 28

/** A challenge of two turns, in an order that follows from the seed. */
export function poseChallenge(seed: string): Challenge {
  return challengeOf(seed, drawNumber(seed, 'side', 2) === 0)
}

/** The challenge that asks for the opposite turns at the same times: a recording of the other one does not answer it. */
export function oppositeChallenge(seed: string): Challenge {
  return challengeOf(`${seed}/opposite`, drawNumber(seed, 'side', 2) !== 0)
}

function challengeOf(seed: string, leftFirst: boolean): Challenge {
  const [first, second] = leftFirst ? (['turn-left', 'turn-right'] as const) : (['turn-right', 'turn-left'] as const)
  return {
    nonce: drawOctets(seed, 'nonce', 16).toString('hex'),
    steps: [
      { kind: 'look-ahead', at: 0 },
      { kind: first, at: FIRST_TURN },
      { kind: 'look-ahead', at: FIRST_AHEAD },
      { kind: second, at: SECOND_TURN },
      { kind: 'look-ahead', at: SECOND_AHEAD },
    ],
  }
}

/** What a willing person does: looks ahead, and follows each request after a moment, at a calm pace. */
export function perform({ steps }: Challenge): readonly PerformedFrame[] {
  const frames: PerformedFrame[] = []
  for (let time = 0; time <= END; time += FRAME_INTERVAL) {
    const sway = Math.sin(time / 700)
    const view = {
      yaw: yawAt(steps, time) + sway,
      pitch: 1.5 * Math.sin(time / 900),
      roll: 0.8 * sway,
      frame: frames.length,
      ...FRAME_SIZE,
    }
    frames.push({ time, view })
  }
  return frames
}

/** Between the positions that were asked for last and next to last, as far as the movement has come. */
function yawAt(steps: readonly ChallengeStep[], time: number): number {
  const begun = steps.filter(({ at }) => at + REACTION <= time)
  const current = begun.at(-1)
  if (!current) return 0
  const share = Math.min((time - current.at - REACTION) / MOVEMENT, 1)
  const eased = share * share * (3 - 2 * share)
  const from = yawOf(begun.at(-2))
  return from + (yawOf(current) - from) * eased
}

/** Positive to the person's own left. */
function yawOf(step: ChallengeStep | undefined): number {
  if (step?.kind === 'turn-left') return TURN
  return step?.kind === 'turn-right' ? -TURN : 0
}
