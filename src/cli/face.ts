import { Command } from 'commander'
import { Fault, type FaultRecord } from '../check/index.ts'
import { createEngine, type Engine, type FaceAnswer, type FaceComparisonAnswer } from '../engine/index.ts'
import { rate, wholeNumber } from './arguments.ts'
import { describeFaces } from './described-faces.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { calibrateFaces } from './face-calibration.ts'
import { besideList, readListFile } from './list-file.ts'
import { complain, paint, print, printJson } from './output.ts'

interface Options {
  readonly pairs?: string
  readonly calibrate?: string
  readonly falseMatchRate?: number
  readonly calibration?: string
  readonly workers?: number
  readonly json?: boolean
}

/** Two paths as they were given. */
interface Pair {
  readonly a: string
  readonly b: string
}

export function faceCommand(): Command {
  return new Command('face')
    .description('Compares faces: are they the same person?')
    .argument('[a]', 'a picture')
    .argument('[b]', 'another')
    .option('--pairs <file>', 'a JSON array of {a, b}, paths relative to it')
    .option('--calibrate <file>', 'write thresholds from these pairs, labelled {a, b, same, subset?}, to a file')
    .option('--false-match-rate <rate>', 'to decide at (default: the strictest that the pairs support)', rate)
    .option('--calibration <file>', 'decide by what --calibrate wrote')
    .option('--workers <number>', 'threads (default: one a core)', wholeNumber)
    .option('--json', 'print one line of JSON a pair')
    .action(run)
}

async function run(a: string | undefined, b: string | undefined, options: Options): Promise<void> {
  const list = options.pairs
  if (options.calibrate !== undefined) {
    if (list === undefined) throw new Fault('arguments-missing', 'usage', 'calibrating needs labelled pairs: --pairs')
    return calibrateFaces(list, options.calibrate, options)
  }
  if (list === undefined && (a === undefined || b === undefined)) {
    throw new Fault('arguments-missing', 'usage', 'name two pictures, or a list with --pairs')
  }
  const pairs = list === undefined ? [{ a: a!, b: b! }] : await readListFile(list, ['a', 'b'])
  const locate = (path: string) => (list === undefined ? path : besideList(list, path))
  const workers = options.workers ?? (list === undefined ? 1 : undefined)
  const engine = await createEngine({
    ...(workers === undefined ? {} : { workers }),
    ...(options.calibration === undefined ? {} : { calibration: options.calibration }),
  })
  try {
    const described = await describeFaces(engine, new Set(pairs.flatMap((pair) => [locate(pair.a), locate(pair.b)])))
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
