import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ManifestEntry } from './manifest.ts'
import { readVerified } from './model-file.ts'
import { type ModelOptions, openShelves } from './open-models.ts'
import { ROLES } from './role.ts'
import { type Shelf, select } from './selection.ts'
import { openSession } from './session.ts'

/** A model that some manifest names. */
export interface ListedModel {
  readonly entry: ManifestEntry
  readonly path: string
  readonly shelf: 'default' | 'pack'
  /** Whether it serves its role, rather than being replaced by the pack. */
  readonly inUse: boolean
  /** What the rates of its role's scores were measured on, where it is in use and they were. */
  readonly calibration?: string
  /** Whether its file is there. */
  readonly present: boolean
}

/** All models of the default manifest and of the pack's, in the manifests' order. Faults as `openModels`. */
export async function listModels(options: Pick<ModelOptions, 'folder' | 'pack'> = {}): Promise<readonly ListedModel[]> {
  const { defaults, pack } = await openShelves(options)
  const used = new Map<string, string | undefined>()
  for (const role of ROLES) {
    const { models, fusion } = select(role, defaults, pack)
    for (const { path } of models) used.set(path, fusion?.source)
  }
  const listed = (shelf: ListedModel['shelf'], { folder, manifest }: Shelf): ListedModel[] =>
    manifest.models.map((entry) => {
      const path = join(folder, entry.file)
      const calibration = used.get(path)
      return {
        entry,
        path,
        shelf,
        inUse: used.has(path),
        ...(calibration === undefined ? {} : { calibration }),
        present: existsSync(path),
      }
    })
  return [...listed('default', defaults), ...(pack ? listed('pack', pack) : [])]
}

/**
 * Verifies a listed model by its hash and runs it once.
 * Faults (installation): `model-missing`, `model-altered`, `model-unusable`.
 */
export async function openListed({ entry, path }: ListedModel): Promise<void> {
  const { release } = await openSession(entry, await readVerified(path, entry.sha256), undefined)
  await release()
}
