import type { Graph } from './graph.ts'

/** The graph with the outputs of the given names, each taken from a tensor: `{mesh: 'Identity_2'}`. */
export function renameOutputs(graph: Graph, sources: Readonly<Record<string, string>>): Graph {
  const nodes = Object.entries(sources).map(([output, tensor]) => ({
    op: 'Identity',
    inputs: [tensor],
    output,
    attributes: {},
  }))
  return { ...graph, nodes: [...graph.nodes, ...nodes], outputs: Object.keys(sources) }
}

/** The graph with outputs that join several tensors along their second axis, in order. */
export function joinOutputs(graph: Graph, sources: Readonly<Record<string, readonly string[]>>): Graph {
  const nodes = Object.entries(sources).map(([output, inputs]) => ({
    op: 'Concat',
    inputs,
    output,
    attributes: { axis: 1 },
  }))
  return { ...graph, nodes: [...graph.nodes, ...nodes], outputs: Object.keys(sources) }
}

/** The graph whose only output, a row vector, is brought to unit length before `centre` is subtracted from it. */
export function centreDescriptor(graph: Graph, centre: readonly number[]): Graph {
  const [descriptor = ''] = graph.outputs
  const output = `${descriptor}/centred`
  const constants = new Map(graph.constants)
  constants.set(`${output}/centre`, { shape: [1, centre.length], data: Float32Array.from(centre) })
  const nodes = [
    { op: 'LpNormalization', inputs: [descriptor], output: `${output}/unit`, attributes: { axis: 1, p: 2 } },
    { op: 'Sub', inputs: [`${output}/unit`, `${output}/centre`], output, attributes: {} },
  ]
  return { ...graph, nodes: [...graph.nodes, ...nodes], constants, outputs: [output] }
}
