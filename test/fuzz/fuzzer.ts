import { mutate, type Source, takeApart } from '../../bench/chip/mutate.ts'
import { Fault } from '../../src/check/index.ts'
import { Random } from '../../src/specimen/person/random.ts'
import { issueTargets, type Target } from './targets.ts'

/** No input may cost more, in milliseconds and in octets. */
export const MAX_MILLISECONDS = 100
export const MAX_GROWTH = 64 * 1024 * 1024

/** An input that does what none may do. */
export interface Find {
  readonly target: string
  /** The input's number under the seed. */
  readonly number: number
  readonly what: string
  readonly input: Buffer
  readonly genuine: Buffer
}

/** What became of the inputs of one target. */
export interface Tally {
  inputs: number
  /** Accepted, with nothing changed that is signed. */
  accepted: number
  slowestMs: number
  /** How many inputs took so many tenths of a millisecond, the slower ones all in the last place. */
  readonly tenths: Uint32Array
}

const TENTHS = 1_000

/** The time below which half of a target's inputs stayed, in milliseconds, to the next tenth. */
export function medianMs({ inputs, tenths }: Tally): number {
  let below = 0
  const median = tenths.findIndex((count) => {
    below += count
    return below * 2 >= inputs
  })
  return (median + 1) / 10
}

/** Makes changed files one after another and judges each; the same seed makes the same kinds of change. */
export class Fuzzer {
  readonly tallies = new Map<string, Tally>()
  private readonly targets: readonly Target[] = issueTargets()
  private readonly sources: readonly Source[] = this.targets.map(({ genuine }) => takeApart(genuine))

  constructor(private readonly seed: number) {}

  get targetNames(): readonly string[] {
    return this.targets.map(({ name }) => name)
  }

  /** The input with this number, and the target that it is for. */
  inputNumber(number: number): { target: Target; input: Buffer } {
    const random = new Random(this.seed + number)
    const chosen = Math.floor(random.unit() * this.targets.length)
    return { target: this.targets[chosen]!, input: mutate(this.sources[chosen]!, this.sources, random) }
  }

  /** Judges one input; answers with what is wrong with that. */
  attempt(target: Target, input: Buffer, number = 0): Find | undefined {
    const { what, accepted, ms } = observe(target, input)
    const tally = this.tallies.get(target.name) ?? {
      inputs: 0,
      accepted: 0,
      slowestMs: 0,
      tenths: new Uint32Array(TENTHS),
    }
    this.tallies.set(target.name, tally)
    tally.inputs++
    if (accepted) tally.accepted++
    tally.slowestMs = Math.max(tally.slowestMs, ms)
    tally.tenths[Math.min(Math.floor(ms * 10), TENTHS - 1)]!++
    if (what === undefined) return undefined
    return { target: target.name, number, what, input, genuine: target.genuine }
  }

  /** Judges an input that an earlier run found, by its target's name. */
  again(targetName: string, input: Buffer): Find | undefined {
    const target = this.targets.find(({ name }) => name === targetName)
    return target && this.attempt(target, input)
  }
}

interface Observation {
  readonly what?: string
  readonly accepted: boolean
  readonly ms: number
}

function observe(target: Target, input: Buffer): Observation {
  const memory = process.memoryUsage.rss()
  const { judgement, crash, ms } = timed(target, input)
  const accepted = judgement?.accepted ?? false
  if (crash !== undefined) return { what: `crash: ${crash}`, accepted, ms }
  if (judgement && JSON.stringify(judgement.report).includes('"internal"')) {
    return { what: 'a fault of our own in the report', accepted, ms }
  }
  if (accepted && !target.keepsWhatIsSigned(input)) return { what: 'accepted although changed', accepted, ms }
  if (process.memoryUsage.rss() - memory > MAX_GROWTH) return { what: 'more than 64 MB', accepted, ms }
  if (ms <= MAX_MILLISECONDS) return { accepted, ms }
  // The machine may have been busy elsewhere: slow is what is slow every time.
  const fastest = Math.min(ms, ...Array.from({ length: 3 }, () => timed(target, input).ms))
  return fastest > MAX_MILLISECONDS
    ? { what: `${fastest.toFixed(0)} ms`, accepted, ms: fastest }
    : { accepted, ms: fastest }
}

function timed(target: Target, input: Buffer) {
  const start = performance.now()
  try {
    const judgement = target.judge(input)
    return { judgement, ms: performance.now() - start }
  } catch (error) {
    const ms = performance.now() - start
    return error instanceof Fault && error.kind !== 'internal' ? { ms } : { crash: String(error), ms }
  }
}
