import { join } from 'node:path'
import { Fault } from '../check/index.ts'
import type { Fusion, Manifest, ManifestEntry } from './manifest.ts'
import type { Role } from './role.ts'

/** A manifest and the folder that its files are relative to. */
export interface Shelf {
  readonly folder: string
  readonly manifest: Manifest
}

/** What serves one role: the models, with the paths of their files, and how they decide together. */
export interface Selection {
  readonly models: readonly { readonly entry: ManifestEntry; readonly path: string }[]
  readonly fusion: Fusion | undefined
}

/**
 * Chooses the models of a role. What the pack holds for it takes the default's place; a default model that the pack's
 * fusion names stays in use beside it. With a fusion, exactly its terms serve, in their order.
 * Faults (installation): `manifest-invalid` when a fusion names a model that is nowhere.
 */
export function select(role: Role, defaults: Shelf, pack: Shelf | undefined): Selection {
  const packed = pack ? listed(role, pack) : []
  const chosen = pack && packed.length > 0 ? pack : defaults
  const fusion = chosen.manifest.fusion[role]
  const own = chosen === pack ? packed : listed(role, defaults)
  if (!fusion) return { models: own, fusion }
  const candidates = [...own, ...listed(role, defaults)]
  const models = fusion.terms.map(({ model }) => {
    const found = candidates.find(({ entry }) => entry.id === model)
    if (found) return found
    throw new Fault(
      'manifest-invalid',
      'installation',
      `the fusion for ${role} names ${model}, which no manifest holds`,
    )
  })
  return { models, fusion }
}

const listed = (role: Role, { folder, manifest }: Shelf): Selection['models'] =>
  manifest.models.filter((entry) => entry.role === role).map((entry) => ({ entry, path: join(folder, entry.file) }))
