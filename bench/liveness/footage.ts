import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FaceAnalyser } from '../../src/face/index.ts'
import type { Picture } from '../../src/image/index.ts'
import type { Challenge } from '../../src/liveness/challenge.ts'
import { chooseGlancedFrames } from '../../src/liveness/glanced-frames.ts'
import { type ObservedFrame, observeFrame } from '../../src/liveness/index.ts'
import { type Movement, moved, withSensorNoise } from './camera.ts'

/** What can be before a camera; the same key is always the same picture. */
export interface Scene {
  readonly key: string
  draw(): Promise<Picture>
}

/** A scene caught by a camera that has strayed. The same exposure is the very same picture, byte for byte. */
export interface Shot {
  readonly scene: Scene
  readonly movement: Movement
  readonly exposure: number
}

/** A shot in a recording, `time` in ms from the first. */
export interface Take {
  readonly time: number
  readonly shot: Shot
}

/** The same shot encoded anew: no byte of it is the same. */
export function encodedAnew(shot: Shot, exposure: number): Shot {
  return { ...shot, exposure: 1_000_003 * shot.exposure + exposure }
}

/**
 * Looks at recordings as `observeFrames` does. Every scene is drawn, located and glanced at once, and what was seen of it
 * is kept in a folder; the camera's movement and noise are then applied to what was seen, and glances where they count.
 */
export class Observer {
  readonly #faces: FaceAnalyser
  readonly #folder: string
  readonly #seen = new Map<string, ObservedFrame>()

  constructor(faces: FaceAnalyser, folder: string) {
    this.#faces = faces
    this.#folder = folder
  }

  async observe(challenge: Challenge, takes: readonly Take[]): Promise<readonly ObservedFrame[]> {
    const observed: ObservedFrame[] = []
    for (const { time, shot } of takes) {
      const { glance: _, ...seen } = await this.#see(shot.scene)
      const digest = `${shot.scene.key} ${shot.exposure}`
      observed.push({ ...moved(seen, shot.movement, shot.exposure), time, digest })
    }
    for (const index of chooseGlancedFrames(challenge, observed)) {
      const frame = observed[index]!
      const { glance } = await this.#see(takes[index]!.shot.scene)
      if (!glance || 'reason' in frame.face) continue
      observed[index] = { ...frame, glance: { ...glance, geometry: frame.face } }
    }
    return observed
  }

  async #see({ key, draw }: Scene): Promise<ObservedFrame> {
    const known = this.#seen.get(key) ?? (await this.#recall(key))
    if (known) return known
    const picture = withSensorNoise(await draw(), 1)
    const frame = await observeFrame(picture, 0, this.#faces)
    const seen = 'reason' in frame.face ? frame : { ...frame, glance: await this.#faces.glance(picture, frame.face) }
    await this.#keep(key, seen)
    return seen
  }

  async #keep(key: string, seen: ObservedFrame): Promise<void> {
    this.#seen.set(key, seen)
    await mkdir(this.#folder, { recursive: true })
    await writeFile(join(this.#folder, `${key}.json`), JSON.stringify(seen, packed))
  }

  async #recall(key: string): Promise<ObservedFrame | undefined> {
    try {
      const seen = JSON.parse(await readFile(join(this.#folder, `${key}.json`), 'utf8'), unpacked) as ObservedFrame
      this.#seen.set(key, seen)
      return seen
    } catch {
      return undefined
    }
  }
}

/** Arrays of numbers as text. */
function packed(_: string, value: unknown): unknown {
  if (!(value instanceof Float32Array)) return value
  return { float32: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') }
}

function unpacked(_: string, value: unknown): unknown {
  const { float32 } = (value ?? {}) as { float32?: unknown }
  if (typeof float32 !== 'string') return value
  const bytes = Buffer.from(float32, 'base64')
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
