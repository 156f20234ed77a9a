import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { homedir, platform } from 'node:os'
import { join } from 'node:path'

/** The folder in which the operating system keeps what can be made again. */
export function defaultCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (platform() === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'genkend', 'cache')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Caches', 'genkend')
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'genkend')
}

/** Where the optimised copy of a model belongs; `made` says by what and for what (runtime, options, processor). */
export function optimisedPath(folder: string, modelSha256: string, made: string): string {
  const circumstances = createHash('sha256').update(made).digest('hex').slice(0, 16)
  return join(folder, `${modelSha256}-${circumstances}.onnx`)
}

/**
 * Loads through the optimised copy at `path`, or makes it. `load` opens a file that is there; `make` opens the model
 * itself and writes its optimised copy to the path it is given. Several processes may race: each writes a file of its
 * own and moves it into place whole. A folder that cannot be written costs time, never the model; one that others could
 * write to is left alone, since nothing vouches for the copies but who may put them there.
 */
export async function throughCache<T>(
  folder: string,
  path: string,
  load: (path: string) => Promise<T>,
  make: (writeTo: string | undefined) => Promise<T>,
): Promise<T> {
  if (!(await isOurs(folder))) return make(undefined)
  if (await isFile(path)) {
    try {
      return await load(path)
    } catch {
      await rm(path, { force: true }).catch(() => undefined) // damaged, or of another build of the runtime
    }
  }
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

/** Whether the folder is there, or could be made, and only this user and the system's administrator may write to it. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = await stat(folder)
    const user = process.getuid?.()
    return user === undefined || ((uid === user || uid === 0) && (mode & 0o022) === 0)
  } catch {
    return false
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
