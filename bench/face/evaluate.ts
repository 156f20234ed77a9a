import type { LabelledPair } from '../../src/cli/labelled-pairs.ts'
import type { Picture } from '../../src/image/index.ts'
import { type ComparisonTrials, exactProportion, type Proportion } from '../rates/index.ts'
import type { FaceSystem } from './system.ts'

/** What one system made of a list of pairs. */
export interface Evaluation {
  readonly name: string
  readonly threshold: number
  readonly pairs: readonly ScoredPair[]
  /** FTA: pictures in which it found no face it could describe. */
  readonly failureToAcquire: Proportion
  /** CPU of describing the two pictures of a pair, decoded already, in ms: twice the mean. */
  readonly pairCpuMs: number
}

/** A pair with its score; without one, a picture of it failed to be acquired. */
export interface ScoredPair extends LabelledPair {
  readonly score: number | undefined
}

/** Gives a pair's picture, decoded. */
export type Load = (name: string) => Promise<Picture>

/** A picture changed before it is compared, as a chip would change a portrait. */
export type Change = (picture: Picture) => Promise<Picture>

/**
 * Compares all pairs; each distinct picture is described once. With `change`, the first picture of each pair is changed:
 * it is the portrait.
 */
export async function evaluate<Template>(
  system: FaceSystem<Template>,
  pairs: readonly LabelledPair[],
  load: Load,
  change?: Change,
): Promise<Evaluation> {
  const describing = new Describing(system, load)
  const portraits = await describing.all(
    pairs.map(({ a }) => a),
    change,
  )
  const captures = await describing.all(pairs.map(({ b }) => b))
  return {
    name: system.name,
    threshold: system.threshold,
    pairs: pairs.map((pair) => {
      const [one, other] = [portraits.get(pair.a), captures.get(pair.b)]
      return { ...pair, score: one !== undefined && other !== undefined ? system.score(one, other) : undefined }
    }),
    failureToAcquire: exactProportion(describing.failed, describing.described),
    pairCpuMs: (2 * describing.cpuMs) / describing.described,
  }
}

/** The scores of pairs as trials. */
export function trialsOf(pairs: readonly ScoredPair[]): ComparisonTrials {
  const scores = (same: boolean) => pairs.filter((pair) => pair.same === same).map(({ score }) => score)
  return { genuine: scores(true), impostor: scores(false) }
}

/** Describes pictures, each once, and counts what it costs. */
class Describing<Template> {
  described = 0
  failed = 0
  cpuMs = 0
  readonly #known = new Map<string, Template | undefined>()

  constructor(
    private readonly system: FaceSystem<Template>,
    private readonly load: Load,
  ) {}

  async all(names: readonly string[], change?: Change): Promise<ReadonlyMap<string, Template | undefined>> {
    const known = change ? new Map<string, Template | undefined>() : this.#known
    for (const name of new Set(names)) {
      if (known.has(name)) continue
      const picture = await this.load(name)
      known.set(name, await this.#describe(change ? await change(picture) : picture))
    }
    return known
  }

  async #describe(picture: Picture): Promise<Template | undefined> {
    const before = process.cpuUsage()
    const template = await this.system.describe(picture)
    const { user, system } = process.cpuUsage(before)
    this.cpuMs += (user + system) / 1000
    this.described++
    if (template === undefined) this.failed++
    return template
  }
}
