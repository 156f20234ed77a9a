import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { convert, sourceFiles } from '../../models/build.ts'
import { calibrated, readCalibration } from '../../models/calibration.ts'
import type { Graph } from '../../models/convert/graph.ts'
import { writeOnnx } from '../../models/convert/onnx-writer.ts'
import { fed, pattern } from '../../models/pattern.ts'
import { RECIPES } from '../../models/recipes.ts'
import { type ManifestEntry, openSession, packagedModels, readManifest, sha256 } from '../../src/onnx/index.ts'

const folder = packagedModels()
const { models } = await readManifest(join(folder, 'manifest.json'))
const built = models.filter(({ id }) => RECIPES[id])
const fixtures = new URL('fixtures/tensorflow-outputs.json', import.meta.url)
const expected = JSON.parse(await readFile(fixtures, 'utf8')) as Record<string, number[][]>

/** How the outputs that TensorFlow.js gave are joined to those of the converted model. */
const JOINED: Readonly<Record<string, readonly (readonly number[])[]>> = {
  blazeface: [
    [0, 1],
    [2, 3],
  ],
  facemesh: [[0], [1]],
  'dlib-resnet': [[0]],
  faceres: [[0]],
}

/** Largest difference of two runtimes that only add in different orders, as a share of the largest value. */
const TOLERANCE = 5e-6

/** The outputs for the picture that the fixtures were recorded from. */
async function outputsOf(graph: Graph, entry: ManifestEntry): Promise<Float32Array[]> {
  // face-api divides by 255 where dlib, and the manifest, divide by 256.
  const deviation = entry.id === 'dlib-resnet' ? [255, 255, 255] : entry.input.deviation
  const { model, release } = await openSession(entry, writeOnnx(graph), undefined)
  const outputs = await model.run(fed(pattern(entry.input.width), entry.input.mean, deviation))
  await release()
  return Object.values(outputs).map(({ data }) => data)
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (u: Float32Array, v: Float32Array) => u.reduce((sum, value, i) => sum + value * v[i]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe.each(built)('the conversion of $id', (entry) => {
  let graph: Graph
  beforeAll(async () => {
    graph = RECIPES[entry.id]!.convert(await sourceFiles(entry))
  })

  it('gives what TensorFlow.js gives', async () => {
    const outputs = await outputsOf(graph, entry)
    JOINED[entry.id]!.forEach((parts, index) => {
      const reference = parts.flatMap((part) => expected[entry.id]![part]!)
      const largest = Math.max(...reference.map(Math.abs))
      const difference = Math.max(...reference.map((value, i) => Math.abs(value - outputs[index]![i]!)))
      expect(outputs[index]).toHaveLength(reference.length)
      expect(difference / largest).toBeLessThan(TOLERANCE)
    })
  })

  it('gives the bytes that the manifest promises', async () => {
    expect(sha256(await convert(folder, entry))).toBe(entry.sha256)
  })

  if (!RECIPES[entry.id]!.quantised) return

  it('describes a picture in 8 bits nearly as it does in full', async () => {
    const { ranges } = await readCalibration(folder, entry.id)
    const [exact] = await outputsOf(graph, entry)
    const [quantised] = await outputsOf(calibrated(graph, { ranges }), entry)
    expect(cosine(exact!, quantised!)).toBeGreaterThan(0.95)
  })
})
