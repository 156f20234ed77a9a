import { depthwiseFilter, standardFilter } from './filters.ts'
import { type Constant, type Graph, GraphBuilder, prune } from './graph.ts'

/** A node of a TensorFlow.js graph model, as its JSON has it. Strings are base64. */
export interface TfNode {
  readonly name: string
  readonly op: string
  readonly input?: readonly string[]
  readonly attr?: Readonly<Record<string, TfAttribute>>
}

interface TfAttribute {
  readonly s?: string
  readonly b?: boolean
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] }
}

/** What to take from a graph model: `outputs` names the nodes to keep (signatures, not leaves, say which those are). */
export interface TfSource {
  readonly name: string
  readonly nodes: readonly TfNode[]
  readonly weights: ReadonlyMap<string, Constant>
  readonly inputSize: number
  readonly outputs: readonly string[]
}

/** What an operator's translation sees: the node, its inputs by name, and the new graph. */
interface Translation {
  readonly builder: GraphBuilder
  readonly node: TfNode
  readonly inputs: readonly string[]
  /** The values of an input that is constant. */
  constant(index: number): Constant | undefined
}

/** Translates a TensorFlow.js graph model, whose images are NHWC, into an ONNX graph of NCHW images and batch size 1. */
export function fromTensorFlow(source: TfSource): Graph {
  const builder = new GraphBuilder()
  const byName = new Map(source.nodes.map((node) => [node.name, node]))
  const done = new Set<string>()
  let input = ''

  const visit = (name: string): void => {
    const node = byName.get(name)
    if (!node) throw new Error(`${name} is not in the graph`)
    if (done.has(name) || node.op === 'Const') return
    done.add(name)
    const inputs = (node.input ?? []).map(tensorName)
    for (const before of inputs) visit(before)
    if (node.op === 'Placeholder') input = name
    else translate({ builder, node, inputs, constant: (index) => source.weights.get(inputs[index] ?? '') })
  }

  for (const output of source.outputs) visit(output)
  const shape = [1, 3, source.inputSize, source.inputSize]
  const { nodes, constants } = builder
  return prune({ name: source.name, input: { name: input, shape }, outputs: source.outputs, nodes, constants })
}

/** A reference may name an output of the node (`:0`); only the node matters here. */
const tensorName = (reference: string): string => reference.replace(/:0$/, '')

function translate(translation: Translation): void {
  const translator = TRANSLATORS[translation.node.op]
  if (!translator) throw new Error(`the operator ${translation.node.op} is not known`)
  translator(translation)
}

const TRANSLATORS: Readonly<Record<string, (translation: Translation) => unknown>> = {
  Identity: elementwise('Identity'),
  Relu: elementwise('Relu'),
  Sigmoid: elementwise('Sigmoid'),
  Softmax: elementwise('Softmax'),
  Add: elementwise('Add'),
  AddV2: elementwise('Add'),
  Mul: elementwise('Mul'),
  Minimum: elementwise('Min'),
  Maximum: elementwise('Max'),
  Prelu: elementwise('PRelu'),
  Conv2D: (t) => convolution(t, t.node.name),
  _FusedConv2D: (t) => fused(t, (output) => convolution(t, output)),
  DepthwiseConv2dNative: depthwiseConvolution,
  MaxPool: maxPool,
  Pad: pad,
  Reshape: reshape,
  Mean: globalMean,
  _FusedMatMul: (t) => fused(t, (output) => matMul(t, output)),
}

/** Constants hold one value, or one a channel, which NHWC broadcasts on its last axis and NCHW on its second. */
function elementwise(op: string) {
  return (t: Translation): string =>
    t.builder.add(
      op,
      t.inputs.map((_, index) => operand(t, index)),
      t.node.name,
    )
}

function operand(t: Translation, index: number): string {
  const name = t.inputs[index] ?? ''
  const constant = t.constant(index)
  if (!constant) return name
  const channels = constant.data.length
  return t.builder.constant(name, channels === 1 ? [] : [channels, 1, 1], constant.data)
}

function weight(t: Translation, index: number): Constant {
  const constant = t.constant(index)
  if (!constant) throw new Error(`input ${index} of ${t.node.name} is not constant`)
  return constant
}

function convolution(t: Translation, output: string): string {
  const filter = t.builder.constant(t.inputs[1] ?? '', ...standardFilter(weight(t, 1)))
  return t.builder.add('Conv', [t.inputs[0] ?? '', filter], output, window(t.node))
}

function depthwiseConvolution(t: Translation): string {
  const kernel = weight(t, 1)
  const filter = t.builder.constant(t.inputs[1] ?? '', ...depthwiseFilter(kernel))
  const attributes = { ...window(t.node), group: kernel.shape[2] ?? 1 }
  return t.builder.add('Conv', [t.inputs[0] ?? '', filter], t.node.name, attributes)
}

function matMul(t: Translation, output: string): string {
  const factor = weight(t, 1)
  return t.builder.add(
    'MatMul',
    [t.inputs[0] ?? '', t.builder.constant(t.inputs[1] ?? '', factor.shape, factor.data)],
    output,
  )
}

/** A product followed by what `fused_ops` lists, in order: a bias, then an activation. */
function fused(t: Translation, product: (output: string) => string): void {
  const steps = (t.node.attr?.fused_ops?.list?.s ?? []).map(decode)
  const name = (done: number) => (done === steps.length ? t.node.name : `${t.node.name}/${done}`)
  let tensor = product(name(0))
  let argument = 2
  for (const [index, step] of steps.entries()) {
    const output = name(index + 1)
    if (step === 'BiasAdd') tensor = t.builder.add('Add', [tensor, bias(t, argument++)], output)
    else if (step === 'Prelu') tensor = t.builder.add('PRelu', [tensor, operand(t, argument++)], output)
    else if (step === 'Relu') tensor = t.builder.add('Relu', [tensor], output)
    else throw new Error(`the fused operator ${step} is not known`)
  }
}

/** A bias of one value a channel; behind a matrix product the channels stay the last axis. */
function bias(t: Translation, index: number): string {
  if (t.node.op !== '_FusedMatMul') return operand(t, index)
  const { shape, data } = weight(t, index)
  return t.builder.constant(t.inputs[index] ?? '', shape, data)
}

function maxPool(t: Translation): string {
  const attributes = { ...window(t.node), kernel_shape: spatial(t.node, 'ksize') }
  return t.builder.add('MaxPool', [t.inputs[0] ?? ''], t.node.name, attributes)
}

/** TensorFlow's SAME puts the odd pixel at the end, as ONNX's SAME_UPPER does. */
function window(node: TfNode) {
  const padding = decode(node.attr?.padding?.s ?? '')
  if (padding !== 'SAME' && padding !== 'VALID') throw new Error(`the padding of ${node.name} is not known`)
  if (spatial(node, 'dilations').some((step) => step !== 1)) throw new Error(`${node.name} is dilated`)
  return { strides: spatial(node, 'strides'), auto_pad: padding === 'SAME' ? 'SAME_UPPER' : 'VALID' }
}

/** Height and width of an attribute of four NHWC integers. */
const spatial = (node: TfNode, attribute: string): number[] =>
  (node.attr?.[attribute]?.list?.i ?? []).slice(1, 3).map(Number)

/** Amounts are given as [before, after] for N, H, W, C; ONNX wants all of before, then all of after. */
function pad(t: Translation): string {
  const amounts = [...weight(t, 1).data].map(Number)
  const channelsFirst = [0, 3, 1, 2]
  const before = channelsFirst.map((axis) => amounts[axis * 2] ?? 0)
  const after = channelsFirst.map((axis) => amounts[axis * 2 + 1] ?? 0)
  const pads = t.builder.integers(t.inputs[1] ?? '', [...before, ...after])
  return t.builder.add('Pad', [t.inputs[0] ?? '', pads], t.node.name)
}

/**
 * A reshape reads its values in NHWC order. Its second to last size, the number of positions, is left to follow from the
 * size of the input.
 */
function reshape(t: Translation): string {
  const target = [...weight(t, 1).data].map(Number)
  target[target.length - 2] = -1
  const ordered = t.builder.add('Transpose', [t.inputs[0] ?? ''], `${t.node.name}/nhwc`, { perm: [0, 2, 3, 1] })
  return t.builder.add('Reshape', [ordered, t.builder.integers(`${t.node.name}/target`, target)], t.node.name)
}

/** The mean over height and width, the only mean in use. */
function globalMean(t: Translation): string {
  const axes = [...weight(t, 1).data].map(Number)
  if (axes.join() !== '1,2' || t.node.attr?.keep_dims?.b) throw new Error(`${t.node.name} is no mean over an image`)
  const pooled = t.builder.add('GlobalAveragePool', [t.inputs[0] ?? ''], `${t.node.name}/pooled`)
  return t.builder.add('Flatten', [pooled], t.node.name)
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1')
