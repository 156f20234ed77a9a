import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createFaceAnalyser } from '../src/face/index.ts'
import { decodePicture } from '../src/image/index.ts'
import {
  type ManifestEntry,
  type Model,
  openModels,
  openSession,
  packagedModels,
  readManifest,
} from '../src/onnx/index.ts'
import { sourceFiles } from './build.ts'
import { type Calibration, calibrated, calibrationPath } from './calibration.ts'
import type { Graph } from './convert/graph.ts'
import { writeOnnx } from './convert/onnx-writer.ts'
import { quantisedTensors, type Ranges } from './convert/quantise.ts'
import { RECIPES } from './recipes.ts'

/**
 * Learns from pictures of faces what quantisation needs to know, and writes it to models/calibration:
 *
 *     npx tsx models/calibrate.ts FOLDER
 *
 * Afterwards `npx tsx models/record-manifest.ts` records what the models have become. Development only: FOLDER holds
 * photographs of people (a set such as LFW, 150 pixels a face or more), and nothing of them is kept but ranges and means.
 */
const RANGE_FACES = 130

/** The models whose descriptors need centring; dlib's get worse by it. */
const CENTRED = new Set(['faceres'])

/** A recogniser that keeps what it is fed instead of recognising. */
interface Listener {
  readonly entry: ManifestEntry
  hear(input: Float32Array): Promise<void>
}

async function calibrate(pictures: string, folder = packagedModels()): Promise<void> {
  const { models } = await readManifest(join(folder, 'manifest.json'))
  const files = (await readdir(pictures, { recursive: true })).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort()
  const every = Math.max(1, Math.floor(files.length / RANGE_FACES))
  const sample = files.filter((_, index) => index % every === 0).slice(0, RANGE_FACES)
  for (const entry of models.filter(({ id }) => RECIPES[id]?.quantised)) {
    const graph = RECIPES[entry.id]!.convert(await sourceFiles(entry))
    const ranges = await rangesOf(graph, entry, (listener) => show(pictures, sample, listener))
    const centre = CENTRED.has(entry.id)
      ? { centre: await centreOf(calibrated(graph, { ranges }), entry, (listener) => show(pictures, files, listener)) }
      : {}
    const calibration: Calibration = { ranges, ...centre }
    const path = calibrationPath(folder, entry.id)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${JSON.stringify(calibration)}\n`)
    console.log(`${entry.id}: ${Object.keys(ranges).length} ranges from ${sample.length} pictures of ${files.length}`)
  }
}

/** Shows the listener the crop of every face, as the face room cuts it for that model. */
async function show(folder: string, files: readonly string[], listener: Listener): Promise<void> {
  const { entry } = listener
  const finders = await openModels({ roles: ['face-detection', 'face-mesh'], pack: '' })
  const silent = { descriptor: { data: new Float32Array(1), shape: [1, 1] } }
  const recogniser: Model = {
    ...entry,
    role: 'face-recognition',
    inputShape: [1, 3, entry.input.height, entry.input.width],
    run: async (input) => {
      await listener.hear(input)
      return silent
    },
  }
  const terms = [{ model: entry.id, weight: 1, mean: 0, deviation: 1 }]
  const analyser = createFaceAnalyser({
    ...finders,
    all: (role) => (role === 'face-recognition' ? [recogniser] : finders.all(role)),
    fusion: () => ({ terms }),
  })
  for (const file of files) await analyser.analyse(await decodePicture(await readFile(join(folder, file))))
  await finders.close()
}

/**
 * The range of every tensor that quantisation touches: the mean of each picture's extremes. The rare values beyond are
 * cut off, which measures better than giving them steps (dlib's: FNMR at FMR 1e-4 14.8 % against 18.0 %).
 */
async function rangesOf(
  graph: Graph,
  entry: ManifestEntry,
  showTo: (listener: Listener) => Promise<void>,
): Promise<Ranges> {
  const input = graph.input.name
  const watched = quantisedTensors(graph).filter((tensor) => tensor !== input)
  const { model, release } = await openSession(entry, writeOnnx({ ...graph, outputs: watched }), undefined)
  const sums = new Map<string, [min: number, max: number]>()
  let pictures = 0
  const note = (tensor: string, values: Float32Array) => {
    const [min, max] = sums.get(tensor) ?? [0, 0]
    sums.set(tensor, [min + least(values), max + greatest(values)])
  }
  const hear = async (values: Float32Array) => {
    pictures++
    note(input, values)
    for (const [name, { data }] of Object.entries(await model.run(values))) note(name, data)
  }
  await showTo({ entry, hear })
  await release()
  const mean = (sum: number) => Number((sum / pictures).toPrecision(6))
  return Object.fromEntries([...sums].map(([name, [min, max]]) => [name, [mean(min), mean(max)]]))
}

const least = (values: Float32Array): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)

const greatest = (values: Float32Array): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)

/** The mean of the descriptors, each of unit length. */
async function centreOf(
  graph: Graph,
  entry: ManifestEntry,
  showTo: (listener: Listener) => Promise<void>,
): Promise<number[]> {
  const { model, release } = await openSession(entry, writeOnnx(graph), undefined)
  const sum: number[] = []
  let faces = 0
  const hear = async (values: Float32Array) => {
    const [descriptor] = Object.values(await model.run(values))
    const length = Math.hypot(...(descriptor?.data ?? []))
    descriptor?.data.forEach((value, index) => {
      sum[index] = (sum[index] ?? 0) + value / length
    })
    faces++
  }
  await showTo({ entry, hear })
  await release()
  return sum.map((value) => Number((value / faces).toFixed(6)))
}

const [pictures] = process.argv.slice(2)
if (pictures) await calibrate(pictures)
else console.error('usage: npx tsx models/calibrate.ts FOLDER')
