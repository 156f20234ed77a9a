import type { Challenge, ChallengeStep } from '../liveness/challenge.ts'
import { drawNumber, drawOctets } from './draw.ts'
import type { SelfieView } from './person/index.ts'
import type { Srgb } from './person/person.ts'

/** One frame of a performed challenge: when, in ms from the first frame, and how the head is held then. */
export interface PerformedFrame {
  readonly time: number
  readonly view: SelfieView
}

/** The screen at full brightness in each colour that a challenge can ask for. */
const SCREENS: Readonly<Record<string, Srgb>> = { red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255] }

/** When what is asked, in ms: two turns, one to each side. */
const FIRST_TURN = 800
const FIRST_AHEAD = 1_700
const SECOND_TURN = 2_500
const SECOND_AHEAD = 3_400

/** As a telephone's front camera hands frames to a browser, in pixels. */
const FRAME_SIZE = { width: 400, height: 500 } as const

/** How somebody performs, and the camera with it. */
export interface Manner {
  /** Between two frames, ms. */
  readonly interval: number
  /** From the request until the movement begins, and until it has arrived, ms. */
  readonly reaction: number
  readonly movement: number
  /** How far the head turns to a side, and up or down, degrees. */
  readonly turn: number
  readonly raise: number
  /** How close the face comes to the camera, cm. */
  readonly near: number
}

const CALM: Manner = { interval: 280, reaction: 200, movement: 600, turn: 28, raise: 18, near: 28 }
/** Arm's length, cm. */
const FAR = 44
/** From the request until the screen's new colour lies on the face, ms. */
const DISPLAY_DELAY = 100

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

/** What a willing person does: looks ahead, and follows each request after a moment. */
export function perform({ steps }: Challenge, manner: Manner = CALM): readonly PerformedFrame[] {
  const frames: PerformedFrame[] = []
  const end = steps.at(-1)!.at + manner.reaction + manner.movement
  for (let time = 0; time < end + manner.interval; time += manner.interval) {
    const sway = Math.sin(time / 700)
    const held = holdAt(steps, time, manner)
    const screen = SCREENS[steps.findLast(({ at }) => at + DISPLAY_DELAY <= time)?.colour ?? '']
    const view = {
      yaw: held.yaw + sway,
      pitch: held.pitch + 1.5 * Math.sin(time / 900),
      roll: 0.8 * sway,
      lids: held.lids,
      distance: held.distance,
      ...(screen ? { screen } : {}),
      frame: frames.length,
      ...FRAME_SIZE,
    }
    frames.push({ time, view })
  }
  return frames
}

/** How the head is held. */
interface Hold {
  /** Positive to the person's own left, and upwards. */
  readonly yaw: number
  readonly pitch: number
  /** 0 open to 1 closed. */
  readonly lids: number
  readonly distance: number
}

const AHEAD: Hold = { yaw: 0, pitch: 0, lids: 0, distance: FAR }
/** Lids close and open again within this time, ms. */
const BLINK = 500

/** Between what was asked for last and next to last, as far as the movement has come. */
function holdAt(steps: readonly ChallengeStep[], time: number, manner: Manner): Hold {
  const begun = steps.filter(({ at }) => at + manner.reaction <= time)
  const current = begun.at(-1)
  if (!current) return AHEAD
  const since = time - current.at - manner.reaction
  const share = Math.min(since / manner.movement, 1)
  const eased = share * share * (3 - 2 * share)
  const from = holdFor(begun.at(-2), manner)
  const to = holdFor(current, manner)
  const between = (name: keyof Hold) => from[name] + (to[name] - from[name]) * eased
  const lids = current.kind === 'blink' && since <= BLINK ? Math.sin((Math.PI * since) / BLINK) : 0
  return { yaw: between('yaw'), pitch: between('pitch'), lids, distance: between('distance') }
}

function holdFor(step: ChallengeStep | undefined, { turn, raise, near }: Manner): Hold {
  switch (step?.kind) {
    case 'turn-left':
      return { ...AHEAD, yaw: turn }
    case 'turn-right':
      return { ...AHEAD, yaw: -turn }
    case 'look-up':
      return { ...AHEAD, pitch: raise }
    case 'look-down':
      return { ...AHEAD, pitch: -raise }
    case 'come-closer':
      return { ...AHEAD, distance: near }
    default:
      return AHEAD
  }
}
