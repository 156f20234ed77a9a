import { env, InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { Fault } from '../check/index.ts'
import type { ManifestEntry } from './manifest.ts'
import type { Model, Tensor } from './model.ts'
import { optimisedPath, throughCache } from './optimised-cache.ts'
import { identifyProcessor } from './processor.ts'
import type { Role } from './role.ts'

const PROCESSOR = identifyProcessor()

/**
 * One thread a session, and no spinning: measured best with one worker a core. The precision mode trades speed (half of
 * it) for exact sums where 8-bit products may overflow.
 */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 3,
  extra: {
    session: {
      intra_op: { allow_spinning: '0' },
      inter_op: { allow_spinning: '0' },
      x64quantprecision: PROCESSOR.overflows ? '1' : '0',
    },
  },
}

/** What an optimised copy depends on besides its model. */
const CIRCUMSTANCES = `${env.versions.node} ${JSON.stringify(OPTIONS)} ${PROCESSOR.identity}`

/** A model and the way to let go of it. */
export interface Session {
  readonly model: Model
  release(): Promise<void>
}

/**
 * Opens a verified model and runs it once on zeros, so that the first caller waits no longer than the others.
 * Faults (installation): `model-unusable` when it is no model, or none of one float input and float outputs.
 */
export async function openSession(
  entry: ManifestEntry,
  bytes: Uint8Array,
  cache: string | undefined,
): Promise<Session> {
  try {
    const session = await create(entry.sha256, bytes, cache)
    const model = asModel(entry, session)
    await model.run(new Float32Array(channels(entry) * entry.input.height * entry.input.width), dummyShape(entry))
    return { model, release: () => session.release() }
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault('model-unusable', 'installation', `${entry.id} cannot be run as the manifest describes it`, {
      cause,
    })
  }
}

async function create(sha256: string, bytes: Uint8Array, cache: string | undefined): Promise<InferenceSession> {
  const make = (optimisedModelFilePath?: string) =>
    InferenceSession.create(bytes, {
      ...OPTIONS,
      graphOptimizationLevel: 'all',
      ...(optimisedModelFilePath ? { optimizedModelFilePath: optimisedModelFilePath } : {}),
    })
  if (cache === undefined) return make()
  const path = optimisedPath(cache, sha256, CIRCUMSTANCES)
  const load = (file: string) => InferenceSession.create(file, { ...OPTIONS, graphOptimizationLevel: 'disabled' })
  return throughCache(cache, path, load, make)
}

function asModel(entry: ManifestEntry, session: InferenceSession): Model {
  const [input, ...more] = session.inputMetadata
  const outputs = session.outputMetadata
  const floats = [input, ...outputs].every((value) => value?.isTensor === true && value.type === 'float32')
  if (!input?.isTensor || more.length > 0 || !floats)
    throw new Fault('model-unusable', 'installation', `${entry.id} must have one float input and float outputs`)
  const inputShape = input.shape.map((size) => (typeof size === 'number' ? size : -1))
  return {
    id: entry.id,
    role: entry.role as Role,
    sha256: entry.sha256,
    inputShape,
    input: entry.input,
    output: entry.output,
    async run(values, shape = inputShape) {
      const results = await session.run({ [input.name]: new OrtTensor('float32', values, shape) })
      const named: Record<string, Tensor> = {}
      for (const [name, { data, dims }] of Object.entries(results))
        named[name] = { data: data as Float32Array, shape: dims }
      return named
    },
  }
}

const channels = ({ input }: ManifestEntry): number => (input.channels === 'grey' ? 1 : 3)

const dummyShape = (entry: ManifestEntry): number[] => [1, channels(entry), entry.input.height, entry.input.width]
