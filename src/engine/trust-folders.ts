import { resolve } from 'node:path'
import { bundleTrust, type TrustBundle } from './trust-bundle.ts'
import { listTrustFolder, readTrustFolder } from './trust-folder.ts'

/** How many folders' bundles are kept: batches name a few trust stores, over and over. */
const MAX_FOLDERS = 8

/** Reads trust folders, each again only after it has changed. */
export class TrustFolders {
  readonly #kept = new Map<string, { readonly stamp: string; readonly bundle: Promise<TrustBundle> }>()

  /** @throws Fault `trust-store-missing`, `trust-store-too-large` */
  async bundle(folder: string): Promise<TrustBundle> {
    const path = resolve(folder)
    const stamp = JSON.stringify(await listTrustFolder(path))
    const kept = this.#kept.get(path)
    const entry = kept?.stamp === stamp ? kept : { stamp, bundle: readTrustFolder(path).then(bundleTrust) }
    this.#kept.delete(path)
    this.#kept.set(path, entry)
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MAX_FOLDERS) this.#kept.delete(oldest)
    return entry.bundle
  }
}
