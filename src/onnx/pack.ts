import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../check/index.ts'
import { KNOWN_MODELS } from './known-models.ts'
import { type Fusion, type Manifest, type ManifestEntry, type ModelSpec, readManifest } from './manifest.ts'
import { sha256 } from './model-file.ts'
import type { Role } from './role.ts'
import { openSession } from './session.ts'

/**
 * Between attacks and live faces of the NUAA set: the average of the presentation detectors is at most .20 for the one,
 * at least .56 for the other. The network that sees more of the surroundings is far less certain, and counts less.
 */
const PAD_THRESHOLD = 0.4
const PAD_WEIGHTS: Readonly<Record<string, number>> = { 'minifasnet-2.7': 3, 'minifasnet-4.0': 1 }

/** No pictures of such attacks were at hand. */
const PAD_UNMEASURED = ['replays on real screens', 'masks', 'injected video', 'prints without a visible edge']

/**
 * Puts a copy of an ONNX file into the pack at `folder` and describes it in the pack's manifest. What it is and how it is
 * fed is known for the documented models, by hash; `spec` says it for any other. Detectors of presentation attacks work
 * together; in every other role the new model takes the place of what the pack held.
 * Faults: `file-unreadable`, `spec-needed`, `spec-incomplete`, `role-mismatch` (usage), `model-unusable` (installation).
 */
export async function addToPack(folder: string, file: string, role: Role, spec?: ModelSpec): Promise<ManifestEntry> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Fault('file-unreadable', 'usage', `${file} cannot be read`, { cause })
  })
  const hash = sha256(bytes)
  const { fusion, ...known } = spec ?? specOf(hash, file, role)
  if (role === 'face-recognition' && !fusion)
    throw new Fault('spec-incomplete', 'usage', 'a recognition model needs a fusion with its thresholds')
  const entry: ManifestEntry = { ...known, role, file: `${known.id}.onnx`, sha256: hash }
  const { release } = await openSession(entry, bytes, undefined)
  await release()
  await mkdir(folder, { recursive: true })
  await replace(join(folder, entry.file), bytes)
  const manifest = withModel(await currentManifest(folder), entry, fusion)
  await replace(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return entry
}

function specOf(hash: string, file: string, role: Role): ModelSpec {
  const known = KNOWN_MODELS[hash]
  if (!known) throw new Fault('spec-needed', 'usage', `${file} is not a model of the pack; describe it with --spec`)
  if (known.role !== role)
    throw new Fault('role-mismatch', 'usage', `${known.spec.id} is a model for ${known.role}, not for ${role}`)
  return known.spec
}

/** The manifest with the model in its role, in place of what it replaces. */
export function withModel(manifest: Manifest, entry: ManifestEntry, fusion: Fusion | undefined): Manifest {
  const stays = (other: ManifestEntry) => other.id !== entry.id && (other.role !== entry.role || entry.role === 'pad')
  const models = [...manifest.models.filter(stays), entry]
  const { [entry.role]: _, ...others } = manifest.fusion
  const decision = fusion ?? (entry.role === 'pad' ? average(models.filter(({ role }) => role === 'pad')) : undefined)
  return { models, fusion: decision ? { ...others, [entry.role]: decision } : others }
}

/** The probabilities of the presentation detectors, averaged. */
function average(models: readonly ManifestEntry[]): Fusion {
  const weightOf = ({ id }: ManifestEntry) => PAD_WEIGHTS[id] ?? 1
  const sum = models.reduce((total, model) => total + weightOf(model), 0)
  const terms = models.map((model) => ({ model: model.id, weight: weightOf(model) / sum, mean: 0, deviation: 1 }))
  return { terms, threshold: PAD_THRESHOLD, unmeasured: PAD_UNMEASURED }
}

async function currentManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'manifest.json')
  return readManifest(path).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'manifest-missing') return { models: [], fusion: {} }
    throw error
  })
}

async function replace(path: string, content: Uint8Array | string): Promise<void> {
  const beside = `${path}.${process.pid}`
  await writeFile(beside, content)
  await rename(beside, path)
}
