import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { arch, cpus, homedir, platform } from 'node:os'
import { join } from 'node:path'

/** Optimised copies are for one processor only: its model and instruction set are part of their name. */
const processor = memo(async () => {
  const flags = await readFile('/proc/cpuinfo', 'utf8').then(
    (text) => text.split('\n').find((line) => line.startsWith('flags') || line.startsWith('Features')) ?? '',
    () => '',
  )
  return createHash('sha256').update(`${platform()} ${arch()} ${cpus()[0]?.model} ${flags}`).digest('hex').slice(0, 16)
})

/** The folder in which the operating system keeps what can be made again. */
export function defaultCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (platform() === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'genkend', 'cache')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Caches', 'genkend')
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'genkend')
}

/** Where the optimised copy of a model belongs, given the runtime's version. */
export async function optimisedPath(folder: string, modelSha256: string, runtime: string): Promise<string> {
  return join(folder, `${modelSha256}-ort${runtime}-${await processor()}.onnx`)
}

/**
 * Loads through the optimised copy at `path`, or makes it. `load` opens a file that is there; `make` opens the model
 * itself and writes its optimised copy to the path it is given. Several processes may race: each writes a file of its
 * own and moves it into place whole. A folder that cannot be written costs time, never the model.
 */
export async function throughCache<T>(
  folder: string,
  path: string,
  load: (path: string) => Promise<T>,
  make: (writeTo: string | undefined) => Promise<T>,
): Promise<T> {
  if (await isFile(path)) {
    try {
      return await load(path)
    } catch {
      await rm(path, { force: true }).catch(() => undefined) // damaged, or of another build of the runtime
    }
  }
  const writable = await mkdir(folder, { recursive: true, mode: 0o700 }).then(
    () => true,
    () => false,
  )
  if (!writable) return make(undefined)
  const own = `${path}.${randomUUID()}`
  try {
    const loaded = await make(own)
    await rename(own, path).catch(() => undefined)
    return loaded
  } catch {
    return await make(undefined) // the copy could not be written (a full or read-only disk); the model itself may load
  } finally {
    await rm(own, { force: true }).catch(() => undefined)
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

function memo<T>(compute: () => T): () => T {
  let value: { readonly of: T } | undefined
  return () => {
    value ??= { of: compute() }
    return value.of
  }
}
