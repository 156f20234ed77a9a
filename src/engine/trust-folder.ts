import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../check/index.ts'

/** The folders of a trust store; whatever lies elsewhere is not part of it. */
const FOLDERS = ['anchors', 'certificates', 'crls', 'master-lists']

/** The largest file that is read; the largest national master list has less than 2 MB. */
const MAX_FILE_BYTES = 32 * 1024 * 1024
const MAX_FILES = 20_000
const MAX_STORE_BYTES = 256 * 1024 * 1024

/** One file of a trust store: its path within it, with forward slashes, and its bytes. */
export interface TrustFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A file of a trust store as it lies there, unread. */
export interface TrustEntry {
  readonly path: string
  readonly size: number
  /** Changes whenever the file does. */
  readonly stamp: string
}

/**
 * Lists a trust store's files in the order of their paths. Hidden files are left out.
 * @throws Fault `trust-store-missing` (usage), `trust-store-too-large`
 */
export async function listTrustFolder(folder: string): Promise<readonly TrustEntry[]> {
  const root = await stat(folder).catch(() => undefined)
  if (!root?.isDirectory()) throw new Fault('trust-store-missing', 'usage', 'the trust store is no folder')
  const entries: TrustEntry[] = []
  for (const part of FOLDERS) {
    const names = await readdir(join(folder, part)).catch(() => [])
    for (const name of names.sort()) {
      const file = name.startsWith('.') ? undefined : await stat(join(folder, part, name)).catch(() => undefined)
      if (!file?.isFile()) continue
      entries.push({ path: `${part}/${name}`, size: file.size, stamp: `${file.ino}-${file.size}-${file.ctimeMs}` })
    }
  }
  const total = entries.reduce((sum, { size }) => sum + Math.min(size, MAX_FILE_BYTES), 0)
  if (entries.length > MAX_FILES || total > MAX_STORE_BYTES)
    throw new Fault('trust-store-too-large', 'too-large', 'the trust store has too many or too large files')
  return entries
}

/**
 * Reads a trust store from its folder. A file that cannot be read, or is too large, comes without bytes, so that the
 * trust store reports it as unreadable and keeps the rest.
 * @throws Fault `trust-store-missing` (usage), `trust-store-too-large`
 */
export async function readTrustFolder(folder: string): Promise<readonly TrustFile[]> {
  const files: TrustFile[] = []
  for (const { path, size } of await listTrustFolder(folder)) {
    const bytes = size <= MAX_FILE_BYTES ? await readFile(join(folder, path)).catch(() => undefined) : undefined
    files.push({ path, bytes: bytes ?? new Uint8Array(0) })
  }
  return files
}
