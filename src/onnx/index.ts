export { type ListedModel, listModels, openListed } from './inventory.ts'
export {
  type Fusion,
  type Manifest,
  type ManifestEntry,
  type ModelInput,
  type ModelOutput,
  type ModelSpec,
  readManifest,
  readSpec,
} from './manifest.ts'
export type { Model, ModelSet, Tensor } from './model.ts'
export { packagedModels, readVerified, sha256 } from './model-file.ts'
export { type ModelOptions, openModels, openShelves } from './open-models.ts'
export { addToPack } from './pack.ts'
export { ROLES, type Role } from './role.ts'
export { type Selection, type Shelf, select } from './selection.ts'
export { openSession, type Session } from './session.ts'
