import { dlibResnet } from './convert/dlib-resnet.ts'
import type { Constant, Graph } from './convert/graph.ts'
import { joinOutputs, renameOutputs } from './convert/outputs.ts'
import { splitPrelu } from './convert/prelu.ts'
import { simplify } from './convert/simplify.ts'
import { fromTensorFlow, type TfNode } from './convert/tfjs-graph.ts'
import { decodeWeights, type WeightEntry } from './convert/tfjs-weights.ts'

/** The files of a model's source package, by their path in it. */
export type SourceFiles = ReadonlyMap<string, Uint8Array>

/** How a model is made from its source: converted, then, where int8 pays, quantised by its calibration. */
export interface Recipe {
  readonly convert: (files: SourceFiles) => Graph
  readonly quantised: boolean
}

/** By the model's id. Quantisation does not help the small depthwise networks. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  blazeface: { convert: (files) => simplify(blazeface(files)), quantised: false },
  facemesh: { convert: (files) => splitPrelu(simplify(facemesh(files))), quantised: false },
  'dlib-resnet': { convert: (files) => simplify(dlib(files)), quantised: true },
  faceres: { convert: (files) => simplify(faceres(files)), quantised: true },
}

/** MediaPipe's detector for back cameras at half its size: four times faster, and it finds close-ups better. */
export function blazeface(files: SourceFiles, inputSize = 128): Graph {
  const outputs = ['Identity', 'Identity_1', 'Identity_2', 'Identity_3']
  const graph = humanGraph(files, 'blazeface', inputSize, outputs)
  return joinOutputs(graph, { scores: ['Identity', 'Identity_1'], boxes: ['Identity_2', 'Identity_3'] })
}

/** The mesh in pixels of the input, and the logit of a face being there; the contours' branch is left out. */
function facemesh(files: SourceFiles): Graph {
  const presence = 'StatefulPartitionedCall/model_1/conv2d_31/BiasAdd'
  const graph = humanGraph(files, 'facemesh', 192, ['Identity_2', presence])
  return renameOutputs(graph, { mesh: 'Identity_2', presence })
}

/** The descriptor is an inner node; the branches for age and sex are left out. */
function faceres(files: SourceFiles): Graph {
  const graph = humanGraph(files, 'faceres', 224, ['global_pooling/Mean'])
  return renameOutputs(graph, { descriptor: 'global_pooling/Mean' })
}

function dlib(files: SourceFiles): Graph {
  const model = 'model/face_recognition_model'
  const manifest = json<readonly { weights: readonly WeightEntry[] }[]>(files, `${model}-weights_manifest.json`)
  const entries = manifest.flatMap((group) => group.weights)
  return dlibResnet(decodeWeights(entries, bytes(files, `${model}.bin`)))
}

interface TfModel {
  readonly modelTopology: { readonly node: readonly TfNode[] }
  readonly weightsManifest: readonly { readonly weights: readonly WeightEntry[] }[]
}

/** A graph model as `@vladmandic/human` ships it: topology and weight manifest in one file, the weights in another. */
function humanGraph(files: SourceFiles, name: string, inputSize: number, outputs: readonly string[]): Graph {
  const model = json<TfModel>(files, `models/${name}.json`)
  const entries = model.weightsManifest.flatMap((group) => group.weights)
  const weights: ReadonlyMap<string, Constant> = decodeWeights(entries, bytes(files, `models/${name}.bin`))
  return fromTensorFlow({ name, nodes: model.modelTopology.node, weights, inputSize, outputs })
}

function bytes(files: SourceFiles, path: string): Uint8Array {
  const found = files.get(path)
  if (!found) throw new Error(`the source lacks ${path}`)
  return found
}

const json = <T>(files: SourceFiles, path: string): T =>
  JSON.parse(Buffer.from(bytes(files, path)).toString('utf8')) as T
