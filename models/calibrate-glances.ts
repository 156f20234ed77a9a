import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFaceAnalyser, type FaceTemplate } from '../src/face/index.ts'
import { decodePicture } from '../src/image/index.ts'
import { type Manifest, openModels, packagedModels } from '../src/onnx/index.ts'

/**
 * Measures how alike different people look at a glance, and writes it to models/manifest.json: mean and deviation of each
 * model's scores, and the fused scores that shares of all pairs reach.
 *
 *     npx tsx models/calibrate-glances.ts FOLDER
 *
 * To be run when a model of `fusion.face-recognition.glance` has changed, or which ones they are. Development only: FOLDER
 * holds photographs named `Person_Name_0001.jpg` (LFW at 150 pixels), and nothing of them is kept but the scores.
 */
async function calibrateGlances(folder: string): Promise<void> {
  const path = join(packagedModels(), 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  const glance = manifest.fusion['face-recognition']!.glance!
  const people = await describeAll(folder)
  const scores = glance.terms.map(({ model }) => scoresOf(people, model))
  const terms = glance.terms.map((term, i) => ({ ...term, ...describe(scores[i]!) }))
  const fused = scores[0]!.map((_, pair) =>
    terms.reduce((sum, { weight, mean, deviation }, i) => sum + (weight * (scores[i]![pair]! - mean)) / deviation, 0),
  )
  const sorted = fused.sort()
  const operatingPoints = glance.operatingPoints!.map(({ falseMatchRate }) => {
    const score = sorted[Math.min(Math.ceil((1 - falseMatchRate) * sorted.length), sorted.length - 1)]!
    return { falseMatchRate, score: rounded(score, 3) }
  })
  const persons = new Set(people.map(({ person }) => person)).size
  const pairs = `${spaced(sorted.length)} pairs of different people among ${spaced(people.length)} pictures of ${persons} people`
  const source = `${pairs} (LFW at 150 pixels)`
  manifest.fusion['face-recognition']!.glance = { ...glance, terms, operatingPoints, source }
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`)
}

interface Described {
  readonly person: string
  readonly likeness: FaceTemplate
}

async function describeAll(folder: string): Promise<readonly Described[]> {
  const models = await openModels({ roles: ['face-detection', 'face-mesh', 'face-recognition'], pack: '' })
  const faces = createFaceAnalyser(models)
  const described: Described[] = []
  for (const file of (await readdir(folder)).filter((name) => /_\d+\.jpe?g$/i.test(name)).sort()) {
    const picture = await decodePicture(await readFile(join(folder, file)))
    const geometry = await faces.locate(picture)
    if ('reason' in geometry) continue
    const { likeness } = await faces.glance(picture, geometry)
    described.push({ person: file.replace(/_\d+\.\w+$/, ''), likeness })
  }
  await models.close()
  return described
}

/** The cosine of every pair of different people. */
function scoresOf(people: readonly Described[], model: string): Float64Array {
  const scores: number[] = []
  for (const [i, { person, likeness }] of people.entries()) {
    const a = likeness[model]!
    for (const other of people.slice(i + 1)) {
      if (other.person === person) continue
      const b = other.likeness[model]!
      let score = 0
      for (let k = 0; k < a.length; k++) score += a[k]! * b[k]!
      scores.push(score)
    }
  }
  return Float64Array.from(scores)
}

function describe(scores: Float64Array): { mean: number; deviation: number } {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length
  return { mean: rounded(mean, 4), deviation: rounded(Math.sqrt(variance), 4) }
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}

/** Thousands apart. */
function spaced(count: number): string {
  return count.toLocaleString('en').replaceAll(',', ' ')
}

const [folder] = process.argv.slice(2)
if (folder) await calibrateGlances(folder)
else console.error('usage: npx tsx models/calibrate-glances.ts FOLDER')
