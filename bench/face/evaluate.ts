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
  /** CPU of describing the two pictures of a pair, decoded already, in ms: twice the mean of all that were described. */
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

/** The scores of pairs as trials. */
export function trialsOf(pairs: readonly ScoredPair[]): ComparisonTrials {
  const scores = (same: boolean) => pairs.filter((pair) => pair.same === same).map(({ score }) => score)
  return { genuine: scores(true), impostor: scores(false) }
}

/** One system's evaluations; a picture that it has described is not described again. */
export class Evaluator<Template> {
  #described = 0
  #cpuMs = 0
  readonly #known = new Map<string, Template | undefined>()

  constructor(
    private readonly system: FaceSystem<Template>,
    private readonly load: Load,
  ) {}

  /** Compares all pairs. With `change`, the first picture of each pair is changed: it is the portrait. */
  async evaluate(pairs: readonly LabelledPair[], change?: Change): Promise<Evaluation> {
    const names = (side: 'a' | 'b') => new Set(pairs.map((pair) => pair[side]))
    const portraits = await this.#describeAll(names('a'), change)
    const captures = await this.#describeAll(names('b'))
    const { name, threshold } = this.system
    const used = change
      ? [...portraits.values(), ...captures.values()]
      : [...new Map([...portraits, ...captures]).values()]
    return {
      name,
      threshold,
      pairs: pairs.map((pair) => {
        const [one, other] = [portraits.get(pair.a), captures.get(pair.b)]
        return { ...pair, score: one !== undefined && other !== undefined ? this.system.score(one, other) : undefined }
      }),
      failureToAcquire: exactProportion(used.filter((template) => template === undefined).length, used.length),
      pairCpuMs: (2 * this.#cpuMs) / this.#described,
    }
  }

  async #describeAll(names: ReadonlySet<string>, change?: Change): Promise<ReadonlyMap<string, Template | undefined>> {
    const templates = new Map<string, Template | undefined>()
    for (const name of names) {
      if (change) templates.set(name, await this.#describe(await change(await this.load(name))))
      else templates.set(name, await this.#describeOnce(name))
    }
    return templates
  }

  async #describeOnce(name: string): Promise<Template | undefined> {
    if (!this.#known.has(name)) this.#known.set(name, await this.#describe(await this.load(name)))
    return this.#known.get(name)
  }

  async #describe(picture: Picture): Promise<Template | undefined> {
    const before = process.cpuUsage()
    const template = await this.system.describe(picture)
    const { user, system } = process.cpuUsage(before)
    this.#cpuMs += (user + system) / 1000
    this.#described++
    return template
  }
}
