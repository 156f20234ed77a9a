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
