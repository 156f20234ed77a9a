import { Command } from 'commander'
import { readPicture } from '../batch/index.ts'
import { Fault, type FaultRecord } from '../check/index.ts'
import { createEngine, type Engine, type FaceAnswer, type FaceComparisonAnswer } from '../engine/index.ts'
import { wholeNumber } from './arguments.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { inFlight } from './in-flight.ts'
import { besideList, readListFile } from './list-file.ts'
import { complain, paint, print, printJson } from './output.ts'

interface Options {
  readonly pairs?: string
  readonly workers?: number
  readonly json?: boolean
}

/** Two paths as they were given. */
interface Pair {
  readonly a: string
  readonly b: string
}

type Described = FaceAnswer | FaultRecord

export function faceCommand(): Command {
  return new Command('face')
    .description('Compares faces: are they the same person?')
    .argument('[a]', 'a picture')
    .argument('[b]', 'another')
    .option('--pairs <file>', 'a JSON array of {a, b}, paths relative to it')
    .option('--workers <number>', 'threads (default: one a core)', wholeNumber)
    .option('--json', 'print one line of JSON a pair')
    .action(run)
}

async function run(a: string | undefined, b: string | undefined, options: Options): Promise<void> {
  const list = options.pairs
  if (list === undefined && (a === undefined || b === undefined)) {
    throw new Fault('arguments-missing', 'usage', 'name two pictures, or a list with --pairs')
  }
  const pairs = list === undefined ? [{ a: a!, b: b! }] : await readListFile(list, ['a', 'b'])
  const locate = (path: string) => (list === undefined ? path : besideList(list, path))
  const workers = options.workers ?? (list === undefined ? 1 : undefined)
  const engine = await createEngine(workers === undefined ? {} : { workers })
  try {
    const described = await describeAll(engine, new Set(pairs.flatMap((pair) => [locate(pair.a), locate(pair.b)])))
    for (const pair of pairs) {
      const [one, other] = [described.get(locate(pair.a))!, described.get(locate(pair.b))!]
      const unusable = [one, other].find((side) => 'code' in side) as FaultRecord | undefined
      if (unusable) {
        reportUnusable(pair, unusable, options)
        if (list === undefined) process.exitCode = FAULT_STATUS[unusable.kind]
      } else {
        report(pair, one as FaceAnswer, other as FaceAnswer, engine, options)
      }
    }
  } finally {
    await engine.close()
  }
}

/** Analyses each distinct file once, enough of them at a time to keep every worker busy. */
async function describeAll(engine: Engine, files: ReadonlySet<string>): Promise<ReadonlyMap<string, Described>> {
  const described = new Map<string, Described>()
  const limit = 2 * engine.status.workers
  for await (const [file, answer] of inFlight(files, limit, (path) => describe(engine, path)))
    described.set(file, answer)
  return described
}

async function describe(engine: Engine, path: string): Promise<Described> {
  try {
    return (await engine.analyseFace(await readPicture(path), { lane: 'batch' })).answer
  } catch (error) {
    const fault = Fault.record(error)
    if (fault.kind === 'installation') throw error
    return fault
  }
}

function report({ a, b }: Pair, one: FaceAnswer, other: FaceAnswer, engine: Engine, { json }: Options): void {
  const comparison = engine.compareFaces(one.template, other.template)
  const { similarity, falseMatchRate, match } = comparison
  if (json) {
    printJson({ a, b, similarity, falseMatchRate, match })
  } else {
    print(describeForPeople(comparison))
    print(`  ${a}${adviceOn(one)}`)
    print(`  ${b}${adviceOn(other)}`)
  }
}

function describeForPeople({ match, similarity, threshold, falseMatchRate }: FaceComparisonAnswer): string {
  const verdict = match ? paint('green', '✓ the same person') : paint('red', '✗ not shown to be the same person')
  const figures = `similarity ${similarity.toFixed(3)}, threshold ${threshold.toFixed(3)}`
  return `${verdict}: ${figures}, one in ${oneIn(falseMatchRate)} strangers is as alike`
}

function oneIn(rate: number): string {
  return rate > 0 ? Math.round(1 / rate).toLocaleString('en-GB') : 'very many'
}

function adviceOn({ quality: { advice } }: FaceAnswer): string {
  return advice.length > 0 ? paint('dim', ` (${advice.join('; ')})`) : ''
}

function reportUnusable({ a, b }: Pair, { code, message }: FaultRecord, { json }: Options): void {
  if (json) printJson({ a, b, error: { code } })
  else complain(`${a}, ${b}: ${message} (${code})`)
}
