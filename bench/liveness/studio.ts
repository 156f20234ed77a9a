import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodePicture, encodeJpeg, type Picture } from '../../src/image/index.ts'
import { type Person, renderSelfie, type SelfieView } from '../../src/specimen/person/index.ts'
import { SIZE } from './camera.ts'
import type { Scene } from './footage.ts'
import { lightAtRandom, OTHER_ROOMS } from './rooms.ts'

/** Poses are rendered on this grid: degrees, cm. What lies between, the camera's movement makes up. */
const GRID = { yaw: 4, pitch: 3, roll: 3, distance: 3, lids: 0.5 } as const
const QUALITY = 95

/** Renders views of persons once each, keeping them as JPEG files in a folder. */
export class Studio {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A view of a person in a room; views that hardly differ are the same scene. */
  scene(person: Person, occasion: number, view: SelfieView): Scene {
    const onGrid = snapped(view)
    const key = [person.id, occasion, ...Object.values(onGrid).flat()].join('_')
    const light = occasion < OTHER_ROOMS ? {} : { light: lightAtRandom(person.seed + occasion) }
    return { key, draw: () => this.#draw(key, person, { ...onGrid, ...SIZE, ...light, occasion }) }
  }

  async #draw(key: string, person: Person, view: SelfieView): Promise<Picture> {
    const file = join(this.#folder, `${key}.jpg`)
    try {
      return await decodePicture(await readFile(file))
    } catch {
      const bytes = await encodeJpeg(renderSelfie(person, view), QUALITY)
      await mkdir(this.#folder, { recursive: true })
      await writeFile(file, bytes)
      return decodePicture(bytes)
    }
  }
}

/** A view on the studio's grid. */
export function snapped(view: SelfieView) {
  const snap = (name: keyof typeof GRID, usual: number) => Math.round((view[name] ?? usual) / GRID[name]) * GRID[name]
  return {
    yaw: snap('yaw', 0),
    pitch: snap('pitch', 0),
    roll: snap('roll', 0),
    distance: snap('distance', 44),
    lids: snap('lids', 0),
    ...(view.screen ? { screen: view.screen } : {}),
  }
}
