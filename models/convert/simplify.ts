import { type Constant, floats, type Graph, type Node, prune, uses } from './graph.ts'

/**
 * Folds what follows a convolution into its filter and bias: a factor or a summand of one value a channel (batch
 * normalisation, biases). Turns a ramp that is also limited (Relu, Min, Max) into one Clip.
 */
export const simplify = (graph: Graph): Graph => foldClips(foldAffine(graph))

/** The node's operand that is constant, and the one that is not. */
function operands(graph: Graph, { inputs: [a = '', b = ''] }: Node): { tensor: string; constant: string } | undefined {
  if (graph.constants.has(b)) return { tensor: a, constant: b }
  return graph.constants.has(a) ? { tensor: b, constant: a } : undefined
}

function foldAffine(graph: Graph): Graph {
  const counts = uses(graph)
  const constants = new Map(graph.constants)
  const nodes: Node[] = []
  for (const node of graph.nodes) {
    const sides = node.op === 'Add' || node.op === 'Mul' ? operands(graph, node) : undefined
    const at = nodes.findLastIndex(({ op, output }) => op === 'Conv' && output === sides?.tensor)
    const convolution = nodes[at]
    if (!sides || !convolution || counts.get(sides.tensor) !== 1) nodes.push(node)
    else nodes[at] = folded({ ...graph, constants }, constants, convolution, node, floats(graph, sides.constant))
  }
  return prune({ ...graph, nodes, constants })
}

/** The convolution with `node` folded in; its new filter and bias are added to `constants`. */
function folded(
  graph: Graph,
  constants: Map<string, Constant>,
  convolution: Node,
  node: Node,
  values: Float32Array,
): Node {
  const [input = '', filterName = '', biasName] = convolution.inputs
  const filter = constants.get(filterName)
  const channels = filter?.shape[0] ?? 0
  if (!filter || (values.length !== 1 && values.length !== channels)) throw new Error(`${node.output} does not fit`)
  const value = (channel: number) => values[values.length === 1 ? 0 : channel] ?? 0
  const bias = biasName ? floats(graph, biasName) : new Float32Array(channels)
  const scaled = `${node.output}/filter`
  const shifted = `${node.output}/bias`
  if (node.op === 'Mul') {
    const weights = floats(graph, filterName)
    const each = weights.length / channels
    const data = new Float32Array(weights.length)
    for (let channel = 0; channel < channels; channel++) {
      const factor = value(channel)
      data.set(
        weights.subarray(channel * each, (channel + 1) * each).map((w) => w * factor),
        channel * each,
      )
    }
    constants.set(scaled, { shape: filter.shape, data })
    constants.set(shifted, { shape: [channels], data: bias.map((b, channel) => b * value(channel)) })
    return { ...convolution, inputs: [input, scaled, shifted], output: node.output }
  }
  constants.set(shifted, { shape: [channels], data: bias.map((b, channel) => b + value(channel)) })
  return { ...convolution, inputs: [input, filterName, shifted], output: node.output }
}

/** Relu, then Min with an upper limit, then Max with a lower limit that the Relu already keeps. */
function foldClips(graph: Graph): Graph {
  const counts = uses(graph)
  const constants = new Map(graph.constants)
  const nodes: Node[] = []
  for (const node of graph.nodes) {
    const previous = nodes.at(-1)
    const limit = operands(graph, node)
    const chained = previous !== undefined && limit?.tensor === previous.output && counts.get(previous.output) === 1
    if (chained && node.op === 'Min' && previous.op === 'Relu') {
      constants.set(`${node.output}/zero`, { shape: [], data: new Float32Array([0]) })
      nodes[nodes.length - 1] = {
        op: 'Clip',
        inputs: [previous.inputs[0] ?? '', `${node.output}/zero`, limit.constant],
        output: node.output,
        attributes: {},
      }
    } else if (chained && node.op === 'Max' && previous.op === 'Clip' && floats(graph, limit.constant)[0] === 0) {
      nodes[nodes.length - 1] = { ...previous, output: node.output }
    } else nodes.push(node)
  }
  return prune({ ...graph, nodes, constants })
}
