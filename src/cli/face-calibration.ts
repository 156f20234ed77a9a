import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Fault, type Proportion } from '../check/index.ts'
import { createEngine, type Engine } from '../engine/index.ts'
import { calibrate, type FaceCalibration, faceModels } from '../face/index.ts'
import { describeFaces } from './described-faces.ts'
import { type LabelledPair, readLabelledPairs } from './labelled-pairs.ts'
import { besideList } from './list-file.ts'
import { paint, print, printJson } from './output.ts'

interface Options {
  readonly falseMatchRate?: number
  readonly workers?: number
  readonly json?: boolean
}

/** Compares the labelled pairs of `list` and writes what follows from them to `out`: `genkend face --calibrate`. */
export async function calibrateFaces(list: string, out: string, options: Options): Promise<void> {
  const pairs = await readLabelledPairs(list)
  const engine = await createEngine(options.workers === undefined ? {} : { workers: options.workers })
  try {
    const calibration = calibrate(await compareAll(engine, pairs, list), {
      ...(options.falseMatchRate === undefined ? {} : { falseMatchRate: options.falseMatchRate }),
      source: sourceOf(list, pairs),
      models: faceModels(engine.status.models),
    })
    await writeFile(out, `${JSON.stringify(calibration, null, 2)}\n`).catch((cause: unknown) => {
      throw new Fault('file-unwritable', 'usage', 'the calibration cannot be written there', { cause })
    })
    if (options.json) printJson(calibration)
    else report(calibration, out)
  } finally {
    await engine.close()
  }
}

async function compareAll(engine: Engine, pairs: readonly LabelledPair[], list: string) {
  const locate = (path: string) => besideList(list, path)
  const described = await describeFaces(engine, new Set(pairs.flatMap(({ a, b }) => [locate(a), locate(b)])))
  return pairs.map(({ a, b, same, subset }) => {
    const [one, other] = [described.get(locate(a))!, described.get(locate(b))!]
    const similarity =
      'code' in one || 'code' in other ? undefined : engine.compareFaces(one.template, other.template).similarity
    return { same, similarity, ...(subset === undefined ? {} : { subset }) }
  })
}

/** Names no folder: those may hold people's names. */
function sourceOf(list: string, pairs: readonly LabelledPair[]): string {
  const same = pairs.filter((pair) => pair.same).length
  return `${basename(list)}: ${pairs.length - same} pairs of different people, ${same} of the same`
}

function report({ decision, operatingPoints, subsets, failures, source }: FaceCalibration, out: string): void {
  print(`${paint('bold', source)}`)
  if (failures.count > 0) print(`  ${failures.count} pairs without a usable face, left out`)
  for (const point of operatingPoints) {
    if (point.falseMatchRate <= 0.1) print(`  ${line(point)}`)
  }
  print(`${paint('green', '✓')} decides at ${line(decision)}`)
  for (const [kind, { falseMatch, falseNonMatch }] of Object.entries(subsets))
    print(`    ${kind}: ${rates(falseMatch, falseNonMatch)}`)
  print(`written to ${out}: give it to verify, face, batch or serve with --calibration`)
}

function line({ falseMatchRate, similarity, falseMatch, falseNonMatch }: FaceCalibration['decision']): string {
  return `similarity ${similarity.toFixed(4)} for a false-match rate of ${figure(falseMatchRate)}: ${rates(falseMatch, falseNonMatch)}`
}

function rates(falseMatch: Proportion | undefined, falseNonMatch: Proportion | undefined): string {
  const parts = [falseMatch && `FMR ${bounded(falseMatch)}`, falseNonMatch && `FNMR ${bounded(falseNonMatch)}`]
  return parts.filter(Boolean).join(', ')
}

function bounded({ rate, lower, upper, count, trials }: Proportion): string {
  return `${figure(rate)} (95 %: ${figure(lower)} to ${figure(upper)}; ${count} of ${trials})`
}

const figure = (rate: number): string => String(Number(rate.toPrecision(2)))
