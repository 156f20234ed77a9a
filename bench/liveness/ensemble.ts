import type { FaceAnalyser, FaceTemplate } from '../../src/face/index.ts'
import { cast, type Person } from '../../src/specimen/person/index.ts'
import { randomPerson } from '../../src/specimen/person/random-person.ts'
import type { Studio } from './studio.ts'

/** Who and what a set of presentations is made of. */
export interface Ensemble {
  readonly persons: readonly Person[]
  /** Of the rooms in which everybody is filmed; those from `OTHER_ROOMS` on have a light of their own. */
  readonly firstOccasion: number
  /** Sessions are numbered from here: another number is another nonce, another manner, another hand. */
  readonly firstSession: number
  /** How many persons' stills attackers have, and how many photographs at most. */
  readonly stills: number
  /** Which photographs: this share of the way from one of those in set 0 to the next, 0 to 1. */
  readonly photographs: number
}

/** So many persons are drawn at random for a set, and so many of them chosen: as many as the cast has. */
const DRAWN = 150
const PERSONS = 12
const SESSIONS_APART = 200_000

/**
 * Set 0 is the one that thresholds were chosen on: the cast; sets 2 and 3 had a say in those of depth, of the light's
 * relief and of perspective. Every other number names a set of its own, of persons, rooms, sessions and photographs that
 * no other set holds.
 */
export async function gather(set: number, studio: Studio, faces: FaceAnalyser): Promise<Ensemble> {
  if (set === 0) return { persons: cast(), firstOccasion: 0, firstSession: 0, stills: 8, photographs: 0 }
  return {
    persons: await drawPersons(set, studio, faces),
    firstOccasion: 2 * set,
    firstSession: SESSIONS_APART * set,
    stills: 16,
    photographs: (set * 0.381966) % 1,
  }
}

/**
 * The persons of many who look least alike to the recognisers, each the farthest from those before: persons at random
 * are much more alike than people, and the cast was chosen likewise.
 */
async function drawPersons(set: number, studio: Studio, faces: FaceAnalyser): Promise<readonly Person[]> {
  const drawn: { readonly person: Person; readonly template: FaceTemplate }[] = []
  for (let i = 0; i < DRAWN; i++) {
    const person = randomPerson(SESSIONS_APART * set + i)
    const found = await faces.analyse(await studio.scene(person, 2 * set, {}).draw())
    if (!('reason' in found)) drawn.push({ person, template: found.template })
  }
  const chosen = drawn.splice(0, 1)
  const nearest = ({ template }: (typeof drawn)[number]) =>
    Math.max(...chosen.map((other) => faces.compare(template, other.template).similarity))
  while (chosen.length < PERSONS && drawn.length > 0) {
    const alike = drawn.map(nearest)
    chosen.push(...drawn.splice(alike.indexOf(Math.min(...alike)), 1))
  }
  return chosen.map(({ person }) => person)
}
