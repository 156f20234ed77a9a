import type { Picture } from '../../src/image/index.ts'
import type { Challenge, ChallengeStep, StepKind } from '../../src/liveness/challenge.ts'
import type { ObservedFrame } from '../../src/liveness/index.ts'
import { chooseKeyFrames } from '../../src/liveness/key-frames.ts'
import { perform } from '../../src/specimen/performance.ts'
import type { Person, SelfieView } from '../../src/specimen/person/index.ts'
import { Random } from '../../src/specimen/person/random.ts'
import { HandheldCamera, SIZE } from './camera.ts'
import { encodedAnew, type Take } from './footage.ts'
import { type Held, photographPrint } from './print.ts'
import { pullStill } from './puppet.ts'
import { challengeOfSession, exposureOf, mannerOf, type Recording, record } from './recording.ts'
import type { Still } from './stills.ts'
import { type Studio, snapped } from './studio.ts'
import { tinted } from './tint.ts'

/** What attackers have at hand. */
export interface Means {
  readonly studio: Studio
  readonly persons: readonly Person[]
  readonly stills: readonly Still[]
  /** What the engine would see of takes. */
  readonly observe: (challenge: Challenge, takes: readonly Take[]) => Promise<readonly ObservedFrame[]>
  /** What the person of this number did in the session of this number. */
  readonly genuine: (session: number) => Recording
}

/** What is handed in, and what had been asked for. */
export interface Presented {
  readonly challenge: Challenge
  readonly takes: readonly Take[]
}

/** Presentation attack instrument species and injections, by name; each makes its attack of a number. */
export const ATTACKS: Readonly<Record<string, (means: Means, number: number) => Presented | Promise<Presented>>> = {
  'picture moved': flat('picture moved', (view, random) => ({
    aside: (view.yaw / 28) * random.between(6, 14),
    up: view.pitch / 3,
  })),
  'picture rotated': flat('picture rotated', (view, random) => ({
    yaw: view.yaw * random.between(0.8, 2.2),
    pitch: 2 * view.pitch,
  })),
  'picture bent': flat('picture bent', (view, random) => ({
    yaw: view.yaw * random.between(0.8, 2.2),
    pitch: 2 * view.pitch,
    bend: random.between(7, 20),
  })),
  'still with warped pixels': asPuppet('still with warped pixels', ({ picture, face }, { screen, ...view }) => {
    return pullStill(picture, tinted(picture, screen), face, { ...view, closer: 44 / view.distance })
  }),
  'video of another order': otherOrder,
  'video of another session': ({ genuine }, n) => ({
    challenge: challengeOfSession(n + 50_000),
    ...takesOf(genuine(n)),
  }),
  'video cut and pasted': cutAndPasted,
  'lights of another order': otherLights,
  'whole picture tinted': wholeTinted,
  'face swapped half-way': swappedFace,
  'face swapped between key frames': swappedBetweenKeyFrames,
  'frames reordered': reordered,
  'frames doubled': doubled,
  'turn repeated': repeatedTurn,
}

type AskedView = { readonly yaw: number; readonly pitch: number; readonly distance: number }

/** A picture held before the camera and handled so that it does what is asked as well as it can. */
function flat(name: string, handle: (view: AskedView, random: Random) => Partial<Held>) {
  return asPuppet(name, ({ picture, pixelsPerCm }, { screen, ...view }, number) => {
    const held = { aside: 0, up: 0, distance: view.distance, yaw: 0, pitch: 0, bend: Number.POSITIVE_INFINITY }
    const handled = { ...held, ...handle(view, new Random(number + 17)) }
    return photographPrint(picture, tinted(picture, screen), pixelsPerCm, handled, wallOf(number))
  })
}

/** Something made of a still that does what is asked at human speed; each attacker has a still and a hand of their own. */
function asPuppet(
  name: string,
  draw: (still: Still, view: ReturnType<typeof snapped>, attacker: number) => Picture,
): (means: Means, number: number) => Presented {
  return ({ stills }, number) => {
    const challenge = challengeOfSession(number)
    const attacker = number % stills.length
    const camera = new HandheldCamera(number)
    const takes = perform(challenge, mannerOf(new Random(number))).map(({ time, view }) => {
      const onGrid = snapped(view)
      const key = [name.replaceAll(' ', '-'), attacker, stills[attacker]!.name, ...Object.values(onGrid).flat()].join(
        '_',
      )
      const scene = { key, draw: async () => draw(stills[attacker]!, onGrid, attacker) }
      return { time, shot: { scene, movement: camera.at(time), exposure: exposureOf(number, time) } }
    })
    return { challenge, takes }
  }
}

/** Grey, a little brighter at the top. */
function wallOf(number: number): Picture {
  const grey = new Random(number + 5).between(60, 190)
  const data = new Uint8Array(3 * SIZE.width * SIZE.height)
  for (let i = 0; i < data.length; i++) data[i] = grey - (30 * i) / data.length
  return { ...SIZE, data }
}

/** At the times that are asked, but two neighbouring tasks come in each other's place, or a turn goes to the other side. */
function otherOrder({ studio, genuine }: Means, number: number): Presented {
  const { challenge, person, occasion, manner } = genuine(number)
  const steps = [...challenge.steps]
  const tasks = steps.flatMap(({ kind, colour }, i) => (kind === 'look-ahead' || colour ? [] : [i]))
  const first = new Random(number + 3).pick(tasks.slice(1))
  const [a, b] = [tasks[tasks.indexOf(first) - 1]!, first]
  const [kindA, kindB] = [steps[a]!.kind, steps[b]!.kind]
  steps[a] = { ...steps[a]!, kind: kindA === kindB ? opposite(kindA) : kindB }
  steps[b] = { ...steps[b]!, kind: kindA === kindB ? kindB : kindA }
  const other = { ...challenge, steps }
  return { challenge, takes: record(studio, person, occasion, other, manner, number).takes }
}

function opposite(kind: StepKind): StepKind {
  return kind === 'turn-left' ? 'turn-right' : 'turn-left'
}

/** An earlier recording of the same person in the same room, recut: for each task the frames in which it was done there. */
function cutAndPasted({ genuine }: Means, number: number): Presented {
  const challenge = challengeOfSession(number + 50_000)
  const earlier = genuine(number)
  const { manner } = earlier
  const takes: Take[] = []
  for (const [i, step] of challenge.steps.entries()) {
    const until = challenge.steps[i + 1]?.at ?? step.at + 1200
    const found = findSection(earlier, step, i === 0)
    // Where the earlier section is too short, its frames run backwards again.
    const there = [...found, ...found.toReversed(), ...found]
    for (let at = step.at, k = 0; at < until && k < there.length; at += manner.interval, k++) {
      takes.push({ time: at, shot: encodedAnew(there[k]!.shot, at) })
    }
  }
  return { challenge, takes }
}

/** The frames in which a step was performed, else those in which the person looked ahead. */
function findSection({ challenge: { steps }, takes }: Recording, wanted: ChallengeStep, isFirst: boolean) {
  const alike = (step: ChallengeStep, i: number) =>
    step.kind === wanted.kind &&
    step.colour === wanted.colour &&
    (wanted.kind !== 'look-ahead' || isFirst === (i === 0))
  const index = Math.max(steps.findIndex(alike), 0)
  const [from, until] = [steps[index]!.at, steps[index + 1]?.at ?? Number.POSITIVE_INFINITY]
  return takes.filter(({ time }) => time >= from && time < until)
}

/** As asked in everything, but the colours are others. */
function otherLights({ studio, genuine }: Means, number: number): Presented {
  const { challenge, takes, person, occasion, manner } = withLights(genuine, number)
  const shift = 1 + (number % 2)
  const rotated = (view: SelfieView): SelfieView => ({
    ...view,
    ...(view.screen
      ? { screen: [0, 1, 2].map((c) => view.screen![(c + shift) % 3]!) as [number, number, number] }
      : {}),
  })
  const other = record(studio, person, occasion, challenge, manner, number, rotated).takes
  return { challenge, takes: relit(challenge, takes, other) }
}

/** No screen shines; the attacker tints the whole picture as asked. */
function wholeTinted({ studio, genuine }: Means, number: number): Presented {
  const { challenge, takes, person, occasion, manner } = withLights(genuine, number)
  const unlit = ({ screen: _, ...view }: SelfieView): SelfieView => view
  const frames = perform(challenge, manner)
  const other = record(studio, person, occasion, challenge, manner, number, unlit).takes.map(({ time, shot }, i) => {
    const { screen } = frames[i]!.view
    if (!screen) return { time, shot }
    const scene = {
      key: `tinted_${shot.scene.key}_${screen}`,
      draw: async () => tinted(await shot.scene.draw(), screen),
    }
    return { time, shot: { ...shot, scene } }
  })
  return { challenge, takes: relit(challenge, takes, other) }
}

/** The first session from a number on, of the same person and room or not, that asked for lights. */
function withLights(genuine: Means['genuine'], number: number): Recording {
  for (let session = number; ; session++) {
    const recording = genuine(session)
    if (recording.challenge.steps.some(({ kind }) => kind === 'light')) return recording
  }
}

/** The takes of `other` while lights are asked for and a moment longer, else those of `takes`. */
function relit({ steps }: Challenge, takes: readonly Take[], other: readonly Take[]): readonly Take[] {
  const first = steps.find(({ kind }) => kind === 'light')!.at
  const after = steps.find(({ at, kind }) => at > first && kind !== 'light')!.at
  return takes.map((take, i) => (take.time >= first && take.time <= after + 300 ? other[i]! : take))
}

/** From the middle on somebody else does what is asked. */
function swappedFace({ studio, persons, genuine }: Means, number: number): Presented {
  const { challenge, takes, person, occasion, manner } = genuine(number)
  const other = anotherThan(person, persons, number)
  const half = takes.length >> 1
  const rest = record(studio, other, occasion, challenge, manner, number).takes.slice(half)
  return { challenge, takes: [...takes.slice(0, half), ...rest] }
}

/**
 * For two seconds or more somebody else does what is asked, but never in a key frame: the attacker has the engine at hand and
 * knows them.
 */
async function swappedBetweenKeyFrames(
  { studio, persons, genuine, observe }: Means,
  number: number,
): Promise<Presented> {
  const { challenge, takes, person, occasion, manner } = genuine(number)
  const other = anotherThan(person, persons, number)
  const theirs = record(studio, other, occasion, challenge, manner, number).takes
  const random = new Random(number + 31)
  const length = random.between(2000, takes.at(-1)!.time)
  const from = random.between(0, takes.at(-1)!.time - length)
  const right = new Set(takes.flatMap(({ time }, i) => (time < from || time > from + length ? [i] : [])))
  const mixed = () => takes.map((take, i) => (right.has(i) ? take : theirs[i]!))
  for (let known = -1; known < right.size; ) {
    known = right.size
    for (const key of chooseKeyFrames(challenge, await observe(challenge, mixed()))) right.add(key)
  }
  return { challenge, takes: mixed() }
}

function anotherThan(person: Person, persons: readonly Person[], number: number): Person {
  return new Random(number + 11).pick(persons.filter(({ id }) => id !== person.id))
}

/** The right frames at the right times, but in every second or so they are in another order. */
function reordered({ genuine }: Means, number: number): Presented {
  const { challenge, takes } = genuine(number)
  const random = new Random(number + 23)
  const shots = takes.map(({ shot }) => shot)
  for (let start = 0; start < shots.length; start += 4) {
    const block = shots.slice(start, start + 4)
    for (let i = start; block.length > 0; i++) shots[i] = block.splice(Math.floor(block.length * random.unit()), 1)[0]!
  }
  return { challenge, takes: takes.map(({ time }, i) => ({ time, shot: shots[i]! })) }
}

/** Half of the frames of a recording, each encoded twice to look like the whole. */
function doubled({ genuine }: Means, number: number): Presented {
  const { challenge, takes } = genuine(number)
  const twice = takes.map((take, i) => {
    return i % 2 === 0 ? take : { time: take.time, shot: encodedAnew(takes[i - 1]!.shot, take.time) }
  })
  return { challenge, takes: twice }
}

/** ms */
const TURN_AND_BACK = 2200

/** Where two turns to one side are asked for, the second is the first once more, encoded anew. */
function repeatedTurn({ genuine }: Means, number: number): Presented {
  let session = number
  const twice = () => {
    const turns = genuine(session).challenge.steps.filter(({ kind }) => kind === 'turn-left' || kind === 'turn-right')
    return turns[0]!.kind === turns[1]!.kind ? turns : undefined
  }
  while (!twice()) session++
  const { challenge, takes } = genuine(session)
  const [first, second] = twice()!
  const again = takes.map((take) => {
    const into = take.time - second!.at
    if (into < 0 || into > TURN_AND_BACK) return take
    const shown = takes.findLast(({ time }) => time <= first!.at + into)!
    return { time: take.time, shot: encodedAnew(shown.shot, take.time) }
  })
  return { challenge, takes: again }
}

function takesOf({ takes }: Recording): Pick<Presented, 'takes'> {
  return { takes }
}
