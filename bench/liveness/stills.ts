import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { eyeDistance, type FaceAnalyser, type FaceGeometry } from '../../src/face/index.ts'
import { decodePicture, type Picture } from '../../src/image/index.ts'
import { cast } from '../../src/specimen/person/index.ts'
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
/** So many persons of the cast are used, and at most so many photographs of real people, where there are any. */
const PERSONS = 8
const PHOTOGRAPHS = 8

/** Stills of persons of the cast, and where a collection of photographs is at hand, of real people: in turns. */
export async function collectStills(
  studio: Studio,
  faces: FaceAnalyser,
  collection: string,
): Promise<readonly Still[]> {
  const stills: Still[] = []
  for (const person of cast().slice(0, PERSONS))
    stills.push(...(await still(person.id, await studio.scene(person, 0, {}).draw(), faces)))
  const drawn = stills.length
  for (const file of await photographs(collection)) {
    if (stills.length >= drawn + PHOTOGRAPHS) break
    stills.push(...(await still(basename(file), await decodePicture(await readFile(file)), faces)))
  }
  return stills
}

async function still(name: string, picture: Picture, faces: FaceAnalyser): Promise<readonly Still[]> {
  const face = await faces.locate(picture)
  if ('reason' in face || Math.abs(face.pose.yaw) > 12) return []
  return [{ name, picture, face, pixelsPerCm: eyeDistance(face.mesh) / EYES_CM }]
}

/** Evenly chosen from the collection's index: an object whose keys are paths. */
async function photographs(index: string): Promise<readonly string[]> {
  if (!existsSync(index)) return []
  const paths = Object.keys(JSON.parse(await readFile(index, 'utf8')) as object)
  const step = Math.max(1, Math.floor(paths.length / (2 * PHOTOGRAPHS)))
  return paths.filter((_, i) => i % step === 0).map((path) => join(dirname(index), path))
}
