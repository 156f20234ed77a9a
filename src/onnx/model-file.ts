import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Fault } from '../check/index.ts'

/** SHA-256, lower-case hex. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The folder of the models that come with the package: the same from the sources and from the built package. */
export function packagedModels(): string {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('models/manifest.json', folder))) {
    const parent = new URL('..', folder)
    if (parent.href === folder.href)
      throw new Fault('manifest-missing', 'installation', 'models/manifest.json is missing')
    folder = parent
  }
  return fileURLToPath(new URL('models', folder))
}

/**
 * The bytes of a model file, once their SHA-256 is what the manifest says.
 * Faults (installation): `model-missing`, `model-altered`.
 */
export async function readVerified(path: string, expected: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Fault('model-missing', 'installation', `${path} cannot be read; build it with: genkend models build`, {
      cause,
    })
  })
  const found = sha256(bytes)
  if (found !== expected)
    throw new Fault('model-altered', 'installation', `${path} has SHA-256 ${found}, the manifest says ${expected}`)
  return bytes
}
