import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../src/check/index.ts'
import { type ManifestEntry, packagedModels, readManifest, readVerified, sha256 } from '../src/onnx/index.ts'
import { calibrated, readCalibration } from './calibration.ts'
import { writeOnnx } from './convert/onnx-writer.ts'
import { RECIPES, type SourceFiles } from './recipes.ts'

/** What became of one model. */
export interface Built {
  readonly id: string
  readonly state: 'present' | 'built'
}

/**
 * Converts every model of the manifest in `folder` that has a source and is not there yet with the right hash.
 * Faults (installation): `model-source-missing`, `model-source-altered`, `model-build-differs`, and the manifest's own.
 */
export async function buildModels(folder = packagedModels()): Promise<readonly Built[]> {
  const { models } = await readManifest(join(folder, 'manifest.json'))
  const built: Built[] = []
  for (const entry of models) built.push({ id: entry.id, state: await buildModel(folder, entry) })
  return built
}

async function buildModel(folder: string, entry: ManifestEntry): Promise<Built['state']> {
  const path = join(folder, entry.file)
  const intact = await readVerified(path, entry.sha256).then(
    () => true,
    () => false,
  )
  if (intact) return 'present'
  const bytes = await convert(folder, entry)
  const found = sha256(bytes)
  if (found !== entry.sha256)
    throw new Fault('model-build-differs', 'installation', `${entry.id} was built with SHA-256 ${found}, not as listed`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.${process.pid}`, bytes)
  await rename(`${path}.${process.pid}`, path)
  return 'built'
}

/** The ONNX file of a model, from the files of its source package and its calibration in `folder`. */
export async function convert(folder: string, entry: ManifestEntry): Promise<Uint8Array> {
  const recipe = RECIPES[entry.id]
  if (!recipe)
    throw new Fault('model-source-missing', 'installation', `${entry.id} cannot be built here; reinstall Genkend`)
  const graph = recipe.convert(await sourceFiles(entry))
  return writeOnnx(recipe.quantised ? calibrated(graph, await readCalibration(folder, entry.id)) : graph)
}

/** The source files that the manifest lists, verified. The source packages are needed for building alone. */
export async function sourceFiles({ id, source }: ManifestEntry): Promise<SourceFiles> {
  const root = source && packageFolder(source.package)
  if (!root)
    throw new Fault(
      'model-source-missing',
      'installation',
      `${id} is built from ${source?.package}, which is not installed`,
    )
  const files = new Map<string, Uint8Array>()
  for (const [path, expected] of Object.entries(source.files)) {
    const bytes = await readFile(join(root, path))
    if (sha256(bytes) !== expected)
      throw new Fault(
        'model-source-altered',
        'installation',
        `${source.package}/${path} is not the file that ${id} was made from`,
      )
    files.set(path, bytes)
  }
  return files
}

/** Where a package is installed, found by its manifest's folder: some packages export no file that could be resolved. */
export function packageFolder(name: string): string | undefined {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  return folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    for (const { id, state } of await buildModels()) console.log(`${state === 'built' ? 'built' : 'there'}  ${id}`)
  } catch (error) {
    console.error(`models: ${Fault.record(error).message}`)
    process.exitCode = 69
  }
}
