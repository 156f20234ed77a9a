import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest } from './manifest.ts'
import type { Model, ModelSet } from './model.ts'
import { packagedModels, readVerified } from './model-file.ts'
import { defaultCache } from './optimised-cache.ts'
import { ROLES, type Role } from './role.ts'
import { type Selection, type Shelf, select } from './selection.ts'
import { openSession, type Session } from './session.ts'

export interface ModelOptions {
  /** The folder of the default models; default: the package's own. */
  readonly folder?: string
  /** The folder of the pack, whose models take the defaults' places; default: what `GENKEND_MODELS` names. */
  readonly pack?: string
  /** The roles to load; default: all. */
  readonly roles?: readonly Role[]
  /** Where optimised copies are kept; `false` for nowhere; default: the operating system's folder for such things. */
  readonly cache?: string | false
}

/**
 * Loads, verifies and warms up the models of this thread. A role without a model is left empty: whoever needs it says so.
 * Faults (installation): `manifest-missing`, `manifest-invalid`, `model-missing`, `model-altered`, `model-unusable`.
 */
export async function openModels(options: ModelOptions = {}): Promise<ModelSet> {
  const shelves = await openShelves(options)
  const cache = options.cache === false ? undefined : (options.cache ?? defaultCache())
  const selections = new Map<Role, Selection>()
  const sessions: Session[] = []
  try {
    for (const role of options.roles ?? ROLES) {
      const selection = select(role, shelves.defaults, shelves.pack)
      selections.set(role, selection)
      for (const { entry, path } of selection.models)
        sessions.push(await openSession(entry, await readVerified(path, entry.sha256), cache))
    }
  } catch (error) {
    await Promise.all(sessions.map((session) => session.release()))
    throw error
  }
  return modelSet(sessions, selections)
}

/** The manifests in force: the defaults', and the pack's where there is one. */
export async function openShelves(
  options: Pick<ModelOptions, 'folder' | 'pack'> = {},
): Promise<{ defaults: Shelf; pack: Shelf | undefined }> {
  const folder = options.folder ?? packagedModels()
  const pack = options.pack ?? process.env.GENKEND_MODELS
  return {
    defaults: await openShelf(folder),
    pack: pack && existsSync(join(pack, 'manifest.json')) ? await openShelf(pack) : undefined,
  }
}

const openShelf = async (folder: string): Promise<Shelf> => ({
  folder,
  manifest: await readManifest(join(folder, 'manifest.json')),
})

function modelSet(sessions: readonly Session[], selections: ReadonlyMap<Role, Selection>): ModelSet {
  const models = sessions.map((session) => session.model)
  const all = (role: Role): readonly Model[] => models.filter((model) => model.role === role)
  const identities = models.map(({ id, role, sha256 }) => [
    all(role).length === 1 ? role : `${role}/${id}`,
    `sha256:${sha256}`,
  ])
  return {
    all,
    fusion: (role) => selections.get(role)?.fusion,
    identities: Object.fromEntries(identities) as Record<string, string>,
    async close() {
      await Promise.all(sessions.map((session) => session.release()))
    },
  }
}
