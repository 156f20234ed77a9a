import { type Constant, floats, type Graph, GraphBuilder, type Node, prune } from './graph.ts'

/** The least and greatest value that each tensor takes on real inputs. */
export type Ranges = Readonly<Record<string, readonly [min: number, max: number]>>

/** Operators that choose among values or pad with zero: their output keeps the scale of their input. */
const KEEPS_SCALE = new Set(['MaxPool', 'Pad'])
/** Operators that run on 8-bit integers. What follows the last of them stays in floating point. */
const QUANTISED = new Set(['Conv', 'Add', 'AveragePool', ...KEEPS_SCALE])
/** A limit that the quantisation of its output expresses; it takes no step of its own. */
const LIMITS = new Set(['Relu', 'Clip'])

/**
 * The tensors to be quantised, whose ranges must be known: the input and the outputs of quantised operators, where a
 * limit follows its output instead.
 */
export function quantisedTensors(graph: Graph): readonly string[] {
  const readers = (tensor: string) => graph.nodes.filter((node) => node.inputs.includes(tensor))
  const outputs = graph.nodes
    .filter(({ op }) => QUANTISED.has(op))
    .map(({ output }) => {
      const [only, ...others] = readers(output)
      return only && others.length === 0 && LIMITS.has(only.op) ? only.output : output
    })
  return [graph.input.name, ...outputs].filter((tensor) =>
    readers(tensor).some(({ op }) => QUANTISED.has(op) || op === 'GlobalAveragePool'),
  )
}

/**
 * Static quantisation with quantise-dequantise pairs (Jacob et al. 2018, arXiv:1712.05877): activations as unsigned
 * bytes over their range, weights as signed bytes with a scale for each output channel, biases as 32-bit integers.
 * Throws when the range of a tensor is missing.
 */
export function quantise(graph: Graph, ranges: Ranges): Graph {
  const builder = new GraphBuilder()
  for (const [name, constant] of graph.constants) builder.constants.set(name, constant)
  const scales = activationScales(graph, ranges)
  const replaced = new Map<string, string>()

  const settle = (tensor: string): void => {
    const scale = scales.get(tensor)
    if (!scale) return
    const parameters = [
      builder.constant(`${tensor}/scale`, [], new Float32Array([scale.step])),
      builder.constant(`${tensor}/zero`, [], new Uint8Array([scale.zero])),
    ]
    const integers = builder.add('QuantizeLinear', [tensor, ...parameters], `${tensor}/integers`)
    replaced.set(tensor, builder.add('DequantizeLinear', [integers, ...parameters], `${tensor}/again`))
  }

  settle(graph.input.name)
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((input) => replaced.get(input) ?? input)
    const scale = scales.get(node.inputs[0] ?? '')
    const quantised = node.op === 'Conv' && scale ? quantisedWeights(builder, graph, node, scale.step) : []
    builder.nodes.push({ ...node, inputs: [...inputs.slice(0, inputs.length - quantised.length), ...quantised] })
    settle(node.output)
  }
  return prune({ ...graph, nodes: builder.nodes, constants: builder.constants })
}

/** What one step of an activation's byte is worth, and which byte stands for zero. */
interface Scale {
  readonly step: number
  readonly zero: number
}

function activationScales(graph: Graph, ranges: Ranges): ReadonlyMap<string, Scale> {
  const scales = new Map<string, Scale>()
  const producer = new Map(graph.nodes.map((node) => [node.output, node]))
  for (const tensor of quantisedTensors(graph)) {
    const node = producer.get(tensor)
    const inherited = node && KEEPS_SCALE.has(node.op) ? scales.get(node.inputs[0] ?? '') : undefined
    scales.set(tensor, inherited ?? scaleOf(tensor, ranges))
  }
  return scales
}

function scaleOf(tensor: string, ranges: Ranges): Scale {
  const range = ranges[tensor]
  if (!range) throw new Error(`the range of ${tensor} is not known`)
  const [min, max] = [Math.min(range[0], 0), Math.max(range[1], 0)]
  const step = Math.fround((max - min) / 255) || 1
  return { step, zero: Math.round(-min / step) }
}

/** The filter and the bias of a convolution as integers, dequantised again where it reads them. */
function quantisedWeights(builder: GraphBuilder, graph: Graph, node: Node, inputStep: number): string[] {
  const [, filterName = '', biasName = ''] = node.inputs
  const { shape } = graph.constants.get(filterName) as Constant
  const weights = floats(graph, filterName)
  const channels = shape[0] ?? 0
  const each = weights.length / channels
  const steps = new Float32Array(channels)
  const integers = new Int8Array(weights.length)
  for (let channel = 0; channel < channels; channel++) {
    const own = weights.subarray(channel * each, (channel + 1) * each)
    const step = Math.fround(own.reduce((most, w) => Math.max(most, Math.abs(w)), 0) / 127) || 1
    steps[channel] = step
    integers.set(
      own.map((w) => Math.round(w / step)),
      channel * each,
    )
  }
  const biasSteps = steps.map((step) => step * inputStep)
  const bias = Int32Array.from(floats(graph, biasName), (b, channel) => Math.round(b / (biasSteps[channel] ?? 1)))
  return [
    dequantised(builder, `${node.output}/filter`, { shape, data: integers }, steps),
    dequantised(builder, `${node.output}/bias`, { shape: [channels], data: bias }, biasSteps),
  ]
}

/** A constant of integers with a step for each of its first axis. */
function dequantised(builder: GraphBuilder, name: string, { shape, data }: Constant, steps: Float32Array): string {
  const zeros = data instanceof Int8Array ? new Int8Array(steps.length) : new Int32Array(steps.length)
  const inputs = [
    builder.constant(`${name}/integers`, shape, data),
    builder.constant(`${name}/steps`, [steps.length], steps),
    builder.constant(`${name}/zeros`, [steps.length], zeros),
  ]
  return builder.add('DequantizeLinear', inputs, `${name}/again`, { axis: 0 })
}
