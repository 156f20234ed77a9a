import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Manifest, packagedModels, sha256 } from '../src/onnx/index.ts'
import { convert, packageFolder } from './build.ts'

/**
 * Writes the hashes of sources and results into models/manifest.json, after a deliberate change of a recipe, of the
 * ranges or of a source package's version. Development only: what is built at installation must agree with what is here.
 */
export async function recordManifest(folder = packagedModels()): Promise<void> {
  const path = join(folder, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  for (const entry of manifest.models) {
    const root = entry.source && packageFolder(entry.source.package)
    if (!entry.source || !root) continue
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    entry.source.version = version
    for (const file of Object.keys(entry.source.files))
      entry.source.files[file] = sha256(await readFile(join(root, file)))
    entry.sha256 = sha256(await convert(folder, entry))
  }
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await recordManifest()
