import type { FaceAnalyser, FaceAnalysis } from '../../src/face/index.ts'
import type { Picture } from '../../src/image/index.ts'
import type { Challenge } from '../../src/liveness/challenge.ts'
import { type ObservedFrame, observeFrame } from '../../src/liveness/index.ts'
import { chooseKeyFrames } from '../../src/liveness/key-frames.ts'

/** A picture that is drawn when it is looked at: always the same one, but for the noise of another `exposure`. */
export interface Shot {
  draw(exposure?: number): Promise<Picture>
}

/** The same shot encoded anew: no byte of it is the same. */
export function encodedAnew(shot: Shot, exposure: number): Shot {
  return { draw: () => shot.draw(exposure) }
}

/** A shot in a recording, `time` in ms from the first. */
export interface Take {
  readonly time: number
  readonly shot: Shot
}

/** Looks at recordings as `observeFrames` does, and at every shot only once, however often recordings are recut. */
export class Observer {
  readonly #faces: FaceAnalyser
  readonly #seen = new WeakMap<Shot, ObservedFrame>()
  readonly #described = new WeakMap<Shot, FaceAnalysis | undefined>()

  constructor(faces: FaceAnalyser) {
    this.#faces = faces
  }

  async observe(challenge: Challenge, takes: readonly Take[]): Promise<readonly ObservedFrame[]> {
    const observed: ObservedFrame[] = []
    for (const { time, shot } of takes) observed.push({ ...(await this.#see(shot)), time })
    for (const index of chooseKeyFrames(challenge, observed)) {
      const analysis = await this.#describe(takes[index]!.shot)
      if (analysis) observed[index] = { ...observed[index]!, analysis }
    }
    return observed
  }

  async #see(shot: Shot): Promise<ObservedFrame> {
    const known = this.#seen.get(shot)
    if (known) return known
    const frame = await observeFrame(await shot.draw(), 0, this.#faces)
    this.#seen.set(shot, frame)
    return frame
  }

  async #describe(shot: Shot): Promise<FaceAnalysis | undefined> {
    if (this.#described.has(shot)) return this.#described.get(shot)
    const { face } = await this.#see(shot)
    const found = 'reason' in face ? face : await this.#faces.analyse(await shot.draw(), face)
    const analysis = 'reason' in found ? undefined : found
    this.#described.set(shot, analysis)
    return analysis
  }
}
