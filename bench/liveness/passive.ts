import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createFaceAnalyser, type FaceAnalyser } from '../../src/face/index.ts'
import { decodePicture, encodeJpeg, type Picture } from '../../src/image/index.ts'
import { createPassiveDetector, type PassiveDetector } from '../../src/liveness/index.ts'
import { openModels } from '../../src/onnx/index.ts'
import { cast, renderPortrait, renderSelfie } from '../../src/specimen/person/index.ts'
import { attackRates, describeProportion, equalErrorRate, type Presentation, percent } from '../rates/index.ts'
import { machine, table } from '../report.ts'
import { CARRIERS, present } from './presentation.ts'

/** A collection of real presentations: a JSON array of `{file, label: 'live' | 'spoof', attack}`, paths relative to it. */
const COLLECTION = '../shared/data/face/pad.json'
const SIZE = { width: 360, height: 450 }
const QUALITY = 90
const OCCASIONS = 3
/** Whoever holds a print or a telephone before the camera sits behind it. */
const HOLDER_CM = 60

/** One picture, and what was presented: an attack's kind, or nothing for a live person. */
interface Trial {
  readonly set: string
  readonly attack?: string
  readonly picture: () => Promise<Picture>
}

interface Judged extends Trial {
  readonly decision: Presentation['decision']
  readonly score: number | undefined
}

/**
 * Claim: how well the passive detector in use tells attacks from live persons, in the terms of ISO/IEC 30107-3.
 *
 * On the cast, three selfies a person, and their portraits held before the camera; and on a collection of real
 * photographs where one is at hand. Of an advisory detector a doubt counts as a refusal. A picture that cannot be judged
 * is no response.
 */
export async function benchPassive({
  collection = COLLECTION,
}: {
  readonly collection?: string
} = {}): Promise<string> {
  const models = await openModels({ roles: ['face-detection', 'face-mesh', 'face-recognition', 'pad'] })
  const faces = createFaceAnalyser(models)
  const detector = createPassiveDetector(models)
  if (!detector) return 'no model serves the role pad'
  const trials = [...specimens(), ...(await photographs(collection))]
  const judged: Judged[] = []
  for (const trial of trials) judged.push({ ...trial, ...(await judge(await trial.picture(), faces, detector)) })
  await models.close()
  const kind = detector.advisory ? 'advisory: a doubt is counted as a refusal' : 'decides'
  return [
    machine(),
    `passive presentation attack detection, ${kind}`,
    ...[...new Set(trials.map(({ set }) => set))].map((set) => report(set, judged)),
    existsSync(collection) ? '' : 'no collection of real presentations is at hand',
    `not measured against ${detector.unmeasured.join(', ')}`,
  ].join('\n')
}

async function judge(
  picture: Picture,
  faces: FaceAnalyser,
  detector: PassiveDetector,
): Promise<Pick<Judged, 'decision' | 'score'>> {
  const geometry = await faces.locate(picture)
  if ('reason' in geometry) return { decision: 'no-response', score: undefined }
  const found = await detector.score(picture, { geometry, quality: faces.measure(picture, geometry) })
  if ('reason' in found) return { decision: 'no-response', score: undefined }
  return { decision: found.live ? 'accepted' : 'refused', score: found.score }
}

/** Selfies of the cast, and every person's portrait in front of somebody else who holds it. */
function specimens(): Trial[] {
  const set = 'specimen persons'
  const persons = cast()
  return persons.flatMap((person, i) => {
    const portrait = drawnOnce(() => renderPortrait(person))
    return Array.from({ length: OCCASIONS }, (_, occasion): Trial[] => {
      const holder = persons[(i + 1 + occasion) % persons.length]!
      const scene = drawnOnce(() => renderSelfie(holder, { ...SIZE, occasion, distance: HOLDER_CM }))
      const attacks = CARRIERS.map((carrier, k) => {
        const seed = 100 * i + 10 * occasion + k
        return { set, attack: carrier.name, picture: () => taken(present(portrait(), carrier, scene(), seed)) }
      })
      return [{ set, picture: () => taken(renderSelfie(person, { ...SIZE, occasion })) }, ...attacks]
    }).flat()
  })
}

function drawnOnce(draw: () => Picture): () => Picture {
  let drawn: Picture | undefined
  return () => {
    drawn ??= draw()
    return drawn
  }
}

/** Compressed as a telephone does. */
async function taken(picture: Picture): Promise<Picture> {
  return decodePicture(await encodeJpeg(picture, QUALITY))
}

async function photographs(collection: string): Promise<Trial[]> {
  if (!existsSync(collection)) return []
  const listed = JSON.parse(await readFile(collection, 'utf8')) as { file: string; label: string; attack?: string }[]
  return listed.map(({ file, label, attack }) => ({
    set: 'photographs',
    ...(label === 'live' ? {} : { attack: attack ?? 'unnamed' }),
    picture: async () => decodePicture(await readFile(join(dirname(collection), file))),
  }))
}

function report(set: string, judged: readonly Judged[]): string {
  const own = judged.filter((one) => one.set === set)
  const { attackAcceptance, bonaFideRefusal, bonaFideNonResponse } = attackRates(own)
  const scores = (isAttack: boolean) =>
    own.filter(({ attack }) => (attack !== undefined) === isAttack).map(({ score }) => score)
  const rows = [
    ...Object.entries(attackAcceptance).map(([kind, rate]) => [`APCER, ${kind}`, describeProportion(rate)]),
    ['BPCER', describeProportion(bonaFideRefusal)],
    ['BPNRR', describeProportion(bonaFideNonResponse)],
    ['EER', `${percent(equalErrorRate({ genuine: scores(false), impostor: scores(true) }))} %`],
  ]
  return `\n${table([set, ''], rows)}`
}
