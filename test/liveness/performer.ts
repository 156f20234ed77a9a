import { type FaceComparison, type FaceGeometry, type FaceGlance, poseOf } from '../../src/face/index.ts'
import { chooseGlancedFrames } from '../../src/liveness/glanced-frames.ts'
import { type Challenge, chooseChallenge, type ObservedFrame, type StepKind } from '../../src/liveness/index.ts'
import { LIGHTS, type Light } from '../../src/liveness/lights.ts'
import type { Reflection } from '../../src/liveness/reflection.ts'
import { MEAN_FACE } from '../../src/specimen/person/anatomy/face-mesh.ts'
import { type Posing, posedMesh } from '../face/posed-mesh.ts'

/** How a person performs: times in ms, turns in degrees. */
export interface Manner {
  readonly interval?: number
  readonly reaction?: number
  readonly movement?: number
  readonly turn?: number
  /** Pixels of noise on the mesh. */
  readonly noise?: number
  /** How the screen shines at a time; as asked where left out. */
  readonly screen?: (time: number) => string | undefined
  /** Who is seen at a time: any number; another number is another person. */
  readonly who?: (time: number) => number
}

/** Where each step takes the head; blinking is seen in the mesh's lids. */
const TARGETS: Readonly<Partial<Record<StepKind, Posing>>> = {
  'turn-left': { yaw: 1 },
  'turn-right': { yaw: -1 },
  'look-up': { pitch: 0.6 },
  'look-down': { pitch: -0.6 },
  'come-closer': { distance: 29 },
}

/** The frames of someone who does what the challenge asks. */
export function perform(challenge: Challenge, manner: Manner = {}): ObservedFrame[] {
  const { interval = 150, reaction = 300, movement = 500, turn = 28, noise = 0.5, who = () => 1 } = manner
  const screen = manner.screen ?? ((time) => colourAsked(challenge, time - DISPLAY_DELAY))
  const end = challenge.steps.at(-1)!.at + 1200
  const frames: ObservedFrame[] = []
  for (let time = 0; time <= end; time += interval) {
    const begun = challenge.steps.filter(({ at }) => at + reaction <= time)
    const current = posing(begun.at(-1)?.kind, turn)
    const former = posing(begun.at(-2)?.kind, turn)
    const share = begun.length > 0 ? Math.min((time - begun.at(-1)!.at - reaction) / movement, 1) : 1
    const eased = share * share * (3 - 2 * share)
    const between = (from: number, to: number) => from + (to - from) * eased
    const mesh = posedMesh({
      yaw: between(former.yaw, current.yaw),
      pitch: between(former.pitch, current.pitch),
      distance: between(former.distance, current.distance),
      noise,
      seed: time + 1,
    })
    frames.push({ ...frameOf(mesh, time), reflection: reflectionUnder(screen(time), 1, who(time)) })
  }
  return describe(challenge, frames, who)
}

/** From the request until a frame shows the new colour, in ms. */
const DISPLAY_DELAY = 120

export function colourAsked({ steps }: Challenge, time: number): string | undefined {
  return steps.findLast(({ at }) => at <= time)?.colour
}

/** What somebody's face reflects under a room's light and a screen's, before a wall that the screen does not reach. */
export function reflectionUnder(colour: string | undefined, relief = 1, who = 1): Reflection {
  const screen = LIGHTS[colour ?? ''] ?? [0, 0, 0]
  const lit = (turnedAway: number) =>
    ROOM.map((room, c) => room * (1 + 0.15 * screen[c]! * (1 - relief * turnedAway))) as unknown as Light
  // Everybody has lighter and darker places of their own.
  const complexion = (point: number) => 1 + 0.1 * Math.sin((who + 1) * point)
  const skin = Float32Array.from(
    MEAN_FACE,
    (_, i) => complexion((i - (i % 3)) / 3) * lit(Math.min((MEAN_FACE[i - (i % 3)]! / 7) ** 2, 1))[i % 3]!,
  )
  return { face: lit(0.1), background: [0.5, 0.45, 0.4], skin }
}

const ROOM = [0.4, 0.3, 0.2]

export function frameOf(mesh: Float32Array, time: number, more: Partial<FaceGeometry> = {}): ObservedFrame {
  const xs = mesh.filter((_, i) => i % 3 === 0)
  const ys = mesh.filter((_, i) => i % 3 === 1)
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const box = { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
  const face = { box, score: 0.9, mesh, pose: poseOf(mesh), faces: 1, rival: 0, ...more }
  return { time, size: { width: 640, height: 640 }, face, digest: `frame at ${time}` }
}

/** Glances at the frames that an observation would glance at. */
export function describe(challenge: Challenge, frames: readonly ObservedFrame[], who: (time: number) => number) {
  const keys = chooseGlancedFrames(challenge, frames)
  return frames.map((frame, i) => {
    if (!keys.includes(i) || 'reason' in frame.face) return frame
    const likeness = { person: Float32Array.of(who(frame.time)) }
    return { ...frame, glance: { geometry: frame.face, likeness, quality: { values: {}, advice: [] } } }
  })
}

/** The same number is the same person. */
export function compare(a: FaceGlance, b: FaceGlance): FaceComparison {
  const match = a.likeness.person![0] === b.likeness.person![0]
  return {
    similarity: match ? 0.9 : 0.1,
    threshold: 0.5,
    falseMatchRate: match ? 1e-5 : 0.4,
    match,
    calibration: 'a set',
  }
}

export function challengeOf(number: number): Challenge {
  const nonce = new Uint8Array(16)
  new DataView(nonce.buffer).setUint32(0, number)
  return chooseChallenge(nonce)
}

function posing(kind: StepKind | undefined, turn: number) {
  const { yaw = 0, pitch = 0, distance = 45 } = TARGETS[kind ?? 'look-ahead'] ?? {}
  return { yaw: yaw * turn, pitch: pitch * turn, distance }
}
