import { createHash } from 'node:crypto'
import type { Challenge } from '../../src/liveness/challenge.ts'
import { chooseChallenge } from '../../src/liveness/index.ts'
import { type Manner, perform } from '../../src/specimen/performance.ts'
import type { Person, SelfieView } from '../../src/specimen/person/index.ts'
import { Random } from '../../src/specimen/person/random.ts'
import { HandheldCamera } from './camera.ts'
import type { Ensemble } from './ensemble.ts'
import type { Take } from './footage.ts'
import type { Studio } from './studio.ts'

/** A person who performed a challenge before a camera. */
export interface Recording {
  readonly challenge: Challenge
  readonly person: Person
  readonly occasion: number
  readonly manner: Manner
  readonly takes: readonly Take[]
}

/** Rooms in which everybody is filmed. */
const OCCASIONS = 2

/** The challenge of the session with this number. */
export function challengeOfSession(session: number): Challenge {
  return chooseChallenge(createHash('sha256').update(`session ${session}`).digest().subarray(0, 16))
}

/** People differ in how fast and how far they move, cameras in how often they look. */
export function mannerOf(random: Random): Manner {
  return {
    interval: Math.round(random.between(240, 330)),
    reaction: random.between(220, 450),
    movement: random.between(400, 650),
    turn: random.between(22, 34),
    raise: random.between(15, 22),
    near: random.between(25, 31),
  }
}

/** What the person of this number does in the session of this number: everyone takes turns, in every room. */
export function recordSession(studio: Studio, { persons, firstOccasion }: Ensemble, session: number): Recording {
  const person = persons[session % persons.length]!
  const occasion = firstOccasion + (Math.floor(session / persons.length) % OCCASIONS)
  const manner = mannerOf(new Random(session))
  return record(studio, person, occasion, challengeOfSession(session), manner, session)
}

/** Films somebody; `adapt` changes what the camera sees. */
export function record(
  studio: Studio,
  person: Person,
  occasion: number,
  challenge: Challenge,
  manner: Manner,
  seed: number,
  adapt: (view: SelfieView) => SelfieView = (view) => view,
): Recording {
  const camera = new HandheldCamera(seed)
  const takes = perform(challenge, manner).map(({ time, view }) => ({
    time,
    shot: {
      scene: studio.scene(person, occasion, adapt(view)),
      movement: camera.at(time),
      exposure: exposureOf(seed, time),
    },
  }))
  return { challenge, person, occasion, manner, takes }
}

/** Another for every frame of every recording. */
export function exposureOf(seed: number, time: number): number {
  return 100_003 * (seed + 1) + Math.round(time)
}
