import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Graph } from '../../models/convert/graph.ts'
import { writeOnnx } from '../../models/convert/onnx-writer.ts'
import { type Manifest, type ManifestEntry, sha256 } from '../../src/onnx/index.ts'

const SHAPE = [1, 3, 2, 2]

/** A model of a few bytes: twice its input. */
export function doubling(name = 'doubling'): Uint8Array {
  const graph: Graph = {
    name,
    input: { name: 'x', shape: SHAPE },
    outputs: ['y'],
    nodes: [{ op: 'Mul', inputs: ['x', 'two'], output: 'y', attributes: {} }],
    constants: new Map([['two', { shape: [], data: new Float32Array([2]) }]]),
  }
  return writeOnnx(graph)
}

export const entryFor = (id: string, role: ManifestEntry['role'], bytes: Uint8Array): ManifestEntry => ({
  id,
  role,
  file: `${id}.onnx`,
  sha256: sha256(bytes),
  origin: 'made by this test',
  licence: 'MIT',
  input: { width: 2, height: 2, channels: 'rgb', mean: [0], deviation: [1], crop: { kind: 'other' } },
  output: { kind: 'descriptor' },
})

/** A folder of models in the file system: their files and the manifest. */
export async function shelf(manifest: Partial<Manifest>, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'genkend-models-'))
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ models: [], fusion: {}, ...manifest }))
  return folder
}
