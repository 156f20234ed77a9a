import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packagedModels, readManifest } from '../src/onnx/index.ts'
import { packageFolder } from './build.ts'
import { fed, pattern } from './pattern.ts'

/**
 * Records what TensorFlow.js itself, as the source packages bundle it, makes of a picture from a formula, so that the
 * tests can compare the converted models with it:
 *
 *     npx tsx models/record-fixtures.ts
 *
 * Development only, to be run again when a source package's version changes.
 */

/** The parts of the packages' bundles that are used here. */
interface Tensor {
  data(): Promise<Float32Array>
}
interface GraphModel {
  execute(input: Tensor, outputs: readonly string[]): Tensor[]
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
  tensor4d(values: Float32Array, shape: readonly number[]): Tensor
  loadGraphModel(source: { load(): Promise<object> }): Promise<GraphModel>
  readonly io: { decodeWeights(bytes: ArrayBuffer, specs: readonly object[]): object }
}
interface FaceApi {
  readonly tf: TensorFlow
  readonly NetInput: new (tensors: readonly Tensor[], batched: boolean) => object
  readonly FaceRecognitionNet: new () => {
    loadFromWeightMap(weights: object): void
    forwardInput(input: object): Tensor
  }
}
interface GraphJson {
  readonly modelTopology: { readonly node: readonly { readonly op: string; readonly attr: object }[] }
  readonly weightsManifest: readonly { readonly weights: readonly object[] }[]
}

const HUMAN = join(packageFolder('@vladmandic/human') ?? '', 'models')
const FACE_API = packageFolder('@vladmandic/face-api') ?? ''

/** Which nodes of each graph the outputs of the converted model stand for. */
const NODES: Readonly<Record<string, readonly string[]>> = {
  blazeface: [33, 34, 35, 36].map((n) => `StatefulPartitionedCall/functional_1/conv2d_${n}/BiasAdd`),
  facemesh: ['Identity_2', 'StatefulPartitionedCall/model_1/conv2d_31/BiasAdd'],
  faceres: ['global_pooling/Mean'],
}

async function record(folder = packagedModels()): Promise<void> {
  const faceApi = await loadFaceApi()
  const { models } = await readManifest(join(folder, 'manifest.json'))
  const recorded: Record<string, number[][]> = {}
  for (const { id, input } of models) {
    const nodes = NODES[id]
    if (!nodes && id !== 'dlib-resnet') continue
    // face-api divides by 255, its mean being the manifest's, and does so by itself.
    const values = nodes ? fed(pattern(input.width), input.mean, input.deviation) : pattern(input.width)
    const picture = faceApi.tf.tensor4d(channelsLast(values, input.width), [1, input.width, input.width, 3])
    const outputs = nodes
      ? (await graphModel(faceApi.tf, id, input.width)).execute(picture, nodes)
      : [(await recognitionNet(faceApi)).forwardInput(new faceApi.NetInput([picture], true))]
    const flat = await Promise.all([outputs].flat().map((tensor) => tensor.data()))
    recorded[id] = flat.map((data) => Array.from(data, (value) => Number(value.toPrecision(8))))
  }
  const path = join(folder, '..', 'test', 'models', 'fixtures', 'tensorflow-outputs.json')
  await writeFile(path, `${JSON.stringify(recorded)}\n`)
}

/** The bundle takes Node for a browser that lacks its own parts, unless it finds a window. */
async function loadFaceApi(): Promise<FaceApi> {
  Object.assign(globalThis, { window: globalThis, document: {} })
  const faceApi = (await import(join(FACE_API, 'dist', 'face-api.esm.js'))) as FaceApi
  await faceApi.tf.setBackend('cpu')
  await faceApi.tf.ready()
  return faceApi
}

/** The graph with its input resized: everything before the last reshapes follows the input's size. */
async function graphModel(tf: TensorFlow, name: string, size: number): Promise<GraphModel> {
  const json = JSON.parse(await readFile(join(HUMAN, `${name}.json`), 'utf8')) as GraphJson
  const dim = ['1', size, size, '3'].map((value) => ({ size: `${value}` }))
  const node = json.modelTopology.node.map((item) =>
    item.op === 'Placeholder' ? { ...item, attr: { ...item.attr, shape: { shape: { dim } } } } : item,
  )
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights)
  const weightData = await arrayBuffer(join(HUMAN, `${name}.bin`))
  const modelTopology = { ...json.modelTopology, node }
  return tf.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) })
}

async function recognitionNet({ tf, FaceRecognitionNet }: FaceApi) {
  const path = join(FACE_API, 'model', 'face_recognition_model')
  const manifest = JSON.parse(await readFile(`${path}-weights_manifest.json`, 'utf8')) as GraphJson['weightsManifest']
  const net = new FaceRecognitionNet()
  const specs = manifest.flatMap((group) => group.weights)
  net.loadFromWeightMap(tf.io.decodeWeights(await arrayBuffer(`${path}.bin`), specs))
  return net
}

async function arrayBuffer(path: string): Promise<ArrayBuffer> {
  return Uint8Array.from(await readFile(path)).buffer
}

function channelsLast(planes: Float32Array, size: number): Float32Array {
  const area = size * size
  return Float32Array.from({ length: planes.length }, (_, i) => planes[(i % 3) * area + Math.floor(i / 3)] ?? 0)
}

await record()
