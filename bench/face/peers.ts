import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { packageFolder } from '../../models/build.ts'
import { Fault } from '../../src/check/index.ts'
import type { Picture } from '../../src/image/index.ts'
import type { FaceSystem } from './system.ts'

/** What of TensorFlow.js is used here: a picture as a tensor, on the WebAssembly backend. */
interface Tensors {
  tensor(data: Uint8Array, shape: number[], type: 'int32'): { dispose(): void }
  setBackend(name: 'wasm'): Promise<boolean>
  ready(): Promise<void>
}

interface Human {
  readonly tf: Tensors
  readonly match: { distance(a: readonly number[], b: readonly number[]): number }
  load(): Promise<void>
  detect(
    input: unknown,
    config: object,
  ): Promise<{ face: readonly { embedding?: readonly number[]; boxScore: number }[] }>
}

interface FaceApi {
  readonly tf: Tensors
  readonly nets: Readonly<Record<string, { loadFromDisk(folder: string): Promise<void> }>>
  detectSingleFace(input: unknown): {
    withFaceLandmarks(): { withFaceDescriptor(): Promise<{ descriptor: Float32Array } | undefined> }
  }
  euclideanDistance(a: Float32Array, b: Float32Array): number
}

/** human's own: a `match.similarity` of 0.5, from which two faces match, is this `match.distance`. */
const HUMAN_DISTANCE = 2500
/** face-api's own: the default distance of its `FaceMatcher`. */
const FACE_API_DISTANCE = 0.6

const require = createRequire(import.meta.url)

/**
 * The packages that compare faces in Node from npm alone, as shipped, on their fastest portable backend (WebAssembly):
 * development dependencies, absent from an installed package. What they find beside a face's descriptor (iris, emotion,
 * hands, bodies) is switched off, and their caches between frames. Opening throws the fault `peer-missing`.
 */
export const PEERS = [openHuman, openFaceApi] as readonly (() => Promise<FaceSystem>)[]

export async function openHuman(): Promise<
  FaceSystem<readonly number[]> & { locate(picture: Picture): Promise<void> }
> {
  const folder = installed('@vladmandic/human')
  const { default: HumanClass } = require(join(folder, 'dist/human.node-wasm.js')) as {
    default: new (config: object) => Human
  }
  const off = { enabled: false }
  const described = (enabled: boolean) => ({ face: { description: { enabled } } })
  const models = await serveFolder(join(folder, 'models'))
  const human = new HumanClass({
    backend: 'wasm',
    wasmPath: `${join(installed('@tensorflow/tfjs-backend-wasm'), 'dist')}/`,
    modelBasePath: models.origin,
    debug: false,
    cacheSensitivity: 0,
    filter: off,
    face: { enabled: true, iris: off, emotion: off, antispoof: off, liveness: off },
    body: off,
    hand: off,
    gesture: off,
    object: off,
  })
  await human.load()
  await models.close()
  return {
    name: 'human',
    describe: (picture) =>
      asTensor(human.tf, picture, async (tensor) => {
        const { face } = await human.detect(tensor, described(true))
        return face.toSorted((a, b) => b.boxScore - a.boxScore)[0]?.embedding
      }),
    /** Detector and mesh alone. */
    locate: (picture) =>
      asTensor(human.tf, picture, async (tensor) => {
        await human.detect(tensor, described(false))
      }),
    score: (a, b) => -human.match.distance(a, b),
    threshold: -HUMAN_DISTANCE,
    close: async () => {},
  }
}

async function openFaceApi(): Promise<FaceSystem<Float32Array>> {
  const folder = installed('@vladmandic/face-api')
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void }
  wasm.setWasmPaths(`${join(installed('@tensorflow/tfjs-backend-wasm'), 'dist')}/`)
  const faceApi = require(join(folder, 'dist/face-api.node-wasm.js')) as FaceApi
  await faceApi.tf.setBackend('wasm')
  await faceApi.tf.ready()
  for (const net of ['ssdMobilenetv1', 'faceLandmark68Net', 'faceRecognitionNet'])
    await faceApi.nets[net]!.loadFromDisk(join(folder, 'model'))
  return {
    name: 'face-api',
    describe: (picture) =>
      asTensor(faceApi.tf, picture, async (tensor) => {
        const face = await faceApi.detectSingleFace(tensor).withFaceLandmarks().withFaceDescriptor()
        return face?.descriptor
      }),
    score: (a, b) => -faceApi.euclideanDistance(a, b),
    threshold: -FACE_API_DISTANCE,
    close: async () => {},
  }
}

async function asTensor<T>(tf: Tensors, { width, height, data }: Picture, use: (tensor: unknown) => Promise<T>) {
  const tensor = tf.tensor(data, [height, width, 3], 'int32')
  try {
    return await use(tensor)
  } finally {
    tensor.dispose()
  }
}

function installed(name: string): string {
  const folder = packageFolder(name)
  if (folder) return folder
  throw new Fault(
    'peer-missing',
    'installation',
    `${name} is not installed: it comes with the development dependencies`,
  )
}

/** human loads its models with `fetch`, which in Node reads no files. */
async function serveFolder(folder: string): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(async ({ url = '/' }, response) => {
    response.end(await readFile(join(folder, new URL(url, 'http://localhost').pathname)).catch(() => undefined))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
