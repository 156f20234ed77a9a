import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { type LabelledPair, readLabelledPairs } from '../src/cli/labelled-pairs.ts'
import { besideList } from '../src/cli/list-file.ts'
import { decodePicture, type Picture } from '../src/image/index.ts'
import { cast, renderPortrait, renderSelfie } from '../src/specimen/person/index.ts'
import { type Evaluation, Evaluator, type Load, trialsOf } from './face/evaluate.ts'
import { PEERS } from './face/peers.ts'
import { type FaceSystem, openGenkend } from './face/system.ts'
import { WEARS, wear } from './face/worn-portrait.ts'
import {
  describeProportion,
  detCurve,
  drawDetCurves,
  equalErrorRate,
  errorRatesAt,
  falseRejectAt,
  percent,
} from './rates/index.ts'
import { machine, table } from './report.ts'

/** Labelled pairs of photographs, where a set lies beside the checkout: no photograph is part of the project. */
const PAIRS = '../shared/data/face/pairs.json'

/** How many pairs are compared again with worn portraits. */
const WORN_PAIRS = 1000
/** The peers need half a second a picture. */
const SAMPLE_PAIRS = 300

export interface FaceBenchOptions {
  /** A JSON array of `{a, b, same, subset?}`. */
  readonly pairs?: string
  /** Where the DET curves go, as SVG. */
  readonly det?: string
  /** How many pairs the peers see: evenly spread over the list. */
  readonly sample?: number
}

/**
 * Claim: how often faces are wrongly matched and wrongly not matched, in the terms of ISO/IEC 19795-1, beside the packages
 * that compare faces from npm alone, and what a comparison costs.
 *
 * Photographs come from a list of labelled pairs, genuine and impostor; the fictitious persons are compared with
 * themselves alone. CPU is user and system time of the whole process while one picture at a time is described.
 */
export async function benchFace(options: FaceBenchOptions = {}): Promise<string> {
  const list = options.pairs ?? (existsSync(PAIRS) ? PAIRS : undefined)
  const system = await openGenkend()
  try {
    const parts = [machine(), `decides at similarity ${system.threshold.toFixed(4)}: ${system.name}`]
    if (list) parts.push(...(await ofPhotographs(system, list, options)))
    else parts.push('no photographs: name labelled pairs with --pairs')
    parts.push(await ofSpecimens(system), NOT_MEASURED)
    return parts.join('\n\n')
  } finally {
    await system.close()
  }
}

async function ofPhotographs(system: FaceSystem, list: string, { det, sample }: FaceBenchOptions): Promise<string[]> {
  const pairs = await readLabelledPairs(list)
  const load: Load = async (name) => decodePicture(await readFile(besideList(list, name)))
  const kinds = [...new Set(pairs.flatMap(({ subset }) => subset ?? []))]

  const evaluator = new Evaluator(system, load)
  const whole = await evaluator.evaluate(pairs)
  const rows = [accuracy('all pairs', whole)]
  for (const kind of kinds)
    rows.push(accuracy(kind, await evaluator.evaluate(pairs.filter(({ subset }) => subset === kind))))
  const [portraits, size] = [spread(pairs, WORN_PAIRS), Math.min(WORN_PAIRS, pairs.length)]
  for (const worn of [undefined, ...WEARS]) {
    const change = worn && ((picture: Picture) => wear(picture, worn))
    const name = `${size} of them, portraits ${worn?.name ?? 'as they are'}`
    rows.push(accuracy(name, await evaluator.evaluate(portraits, change)))
  }

  const some = spread(pairs, sample ?? SAMPLE_PAIRS)
  const compared = [await evaluator.evaluate(some), ...(await ofPeers(some, load))]
  if (det) await writeFile(det, drawDetCurves('Faces compared: detection error trade-off', curves(whole, compared)))
  return [
    `${pairs.length} pairs of ${list}; exact 95 % bounds in brackets\n${table(ACCURACY, rows)}`,
    `beside others: ${some.length} of these pairs, decoded pictures, one at a time\n${table(BESIDE, besides(compared))}`,
  ]
}

async function ofPeers(pairs: readonly LabelledPair[], load: Load): Promise<Evaluation[]> {
  const evaluations: Evaluation[] = []
  for (const open of PEERS) {
    const peer = await open()
    evaluations.push(await new Evaluator(peer, load).evaluate(pairs))
    await peer.close()
  }
  return evaluations
}

/** Genuine comparisons alone: different fictitious persons look related, so that a false-match rate on them says nothing. */
async function ofSpecimens(system: FaceSystem): Promise<string> {
  const persons = cast()
  const pairs = persons.map(({ id }) => ({ a: `${id} portrait`, b: `${id} selfie`, same: true }))
  const load: Load = async (name) => {
    const [id, kind] = name.split(' ')
    const person = persons.find((one) => one.id === id)!
    return kind === 'portrait' ? renderPortrait(person) : renderSelfie(person)
  }
  const { pairs: scored, threshold, failureToAcquire } = await new Evaluator(system, load).evaluate(pairs)
  const { falseNonMatch } = errorRatesAt(threshold, trialsOf(scored))
  return [
    `${persons.length} fictitious persons, portrait against selfie, genuine comparisons alone`,
    `failure to acquire ${describeProportion(failureToAcquire)}, FNMR ${describeProportion(falseNonMatch)}`,
  ].join('\n')
}

const ACCURACY = [
  'pairs',
  'genuine',
  'impostor',
  'FTA %',
  'EER %',
  'GFRR % at GFAR 1 %',
  'at 0.1 %',
  'as decided: GFRR %',
  'GFAR %',
]

function accuracy(name: string, { pairs, threshold, failureToAcquire }: Evaluation): (string | number)[] {
  const trials = trialsOf(pairs)
  const { genuine, impostor } = trials
  const both = genuine.length > 0 && impostor.length > 0
  const { generalisedFalseReject, generalisedFalseAccept } = errorRatesAt(threshold, trials)
  return [
    name,
    genuine.length,
    impostor.length,
    percent(failureToAcquire.rate),
    both ? percent(equalErrorRate(trials)) : '–',
    ...[0.01, 0.001].map((rate) => (both && impostor.length * rate >= 1 ? bounded(falseRejectAt(rate, trials)) : '–')),
    bounded(generalisedFalseReject),
    bounded(generalisedFalseAccept),
  ]
}

function bounded({ trials, rate, lower, upper }: ReturnType<typeof falseRejectAt>): string {
  return trials > 0 ? `${percent(rate)} [${percent(lower)}, ${percent(upper)}]` : '–'
}

const BESIDE = [
  'system',
  'FTA %',
  'EER %',
  'GFRR % at GFAR 1 %',
  'as shipped: GFRR %',
  'GFAR %',
  'CPU ms a pair',
  'times',
]

function besides(evaluations: readonly Evaluation[]): (string | number)[][] {
  return evaluations.map((evaluation) => {
    const [name, , , failures, equal, atOne, , reject, accept] = accuracy(evaluation.name, evaluation) as string[]
    const times = evaluation.pairCpuMs / evaluations[0]!.pairCpuMs
    return [name!, failures!, equal!, atOne!, reject!, accept!, evaluation.pairCpuMs.toFixed(0), times.toFixed(1)]
  })
}

function curves(whole: Evaluation, compared: readonly Evaluation[]) {
  return [whole, ...compared].map(({ name, pairs }) => {
    const trials = trialsOf(pairs)
    return { name: `${name}, ${trials.genuine.length} + ${trials.impostor.length} pairs`, points: detCurve(trials) }
  })
}

/** `count` elements at even distances; all where there are no more. */
function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, all.length / count)
  return Array.from({ length: Math.min(count, all.length) }, (_, i) => all[Math.floor(i * step)]!)
}

const NOT_MEASURED = `not measured: ageing between portrait and capture; differences between ages, sexes and skin tones (the lists carry no
such labels); captures by one's own cameras and users; impostors who look alike (twins, relatives, chosen or morphed
pictures): the impostors here are strangers at random, compared without effort. Pairs that share pictures are not
independent: the bounds are somewhat too narrow.`
