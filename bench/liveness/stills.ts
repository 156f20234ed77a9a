import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { eyeDistance, type FaceAnalyser, type FaceGeometry } from '../../src/face/index.ts'
import { decodePicture, type Picture } from '../../src/image/index.ts'
import type { Ensemble } from './ensemble.ts'
import type { Studio } from './studio.ts'

/** A picture of somebody's face that an attacker got hold of. */
export interface Still {
  readonly name: string
  readonly picture: Picture
  readonly face: FaceGeometry
  readonly pixelsPerCm: number
}

/** Between the eyes of the mean head, cm. */
const EYES_CM = 6.3

/** Stills of an ensemble's persons, and where a collection of photographs is at hand, of real people. */
export async function collectStills(
  { persons, firstOccasion, ...of }: Ensemble,
  studio: Studio,
  faces: FaceAnalyser,
  collection: string,
): Promise<readonly Still[]> {
  const stills: Still[] = []
  for (const person of persons.slice(0, of.stills))
    stills.push(...(await still(person.id, await studio.scene(person, firstOccasion, {}).draw(), faces)))
  const drawn = stills.length
  for (const file of await photographs(collection, 2 * of.stills, of.photographs)) {
    if (stills.length >= drawn + of.stills) break
    stills.push(...(await still(basename(file), await decodePicture(await readFile(file)), faces)))
  }
  return stills
}

async function still(name: string, picture: Picture, faces: FaceAnalyser): Promise<readonly Still[]> {
  const face = await faces.locate(picture)
  if ('reason' in face || Math.abs(face.pose.yaw) > 12) return []
  return [{ name, picture, face, pixelsPerCm: eyeDistance(face.mesh) / EYES_CM }]
}

/** Evenly chosen from the collection's index, an object whose keys are paths: so many, from so far into a step on. */
async function photographs(index: string, many: number, into: number): Promise<readonly string[]> {
  if (!existsSync(index)) return []
  const paths = Object.keys(JSON.parse(await readFile(index, 'utf8')) as object)
  const step = Math.max(1, Math.floor(paths.length / many))
  return paths.filter((_, i) => i % step === Math.floor(into * step)).map((path) => join(dirname(index), path))
}
