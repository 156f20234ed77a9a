/** The element types that the converted models need. */
export type Elements = Float32Array | Int32Array | BigInt64Array | Int8Array | Uint8Array

/** A tensor whose values are known when the model is built, in row-major order. */
export interface Constant {
  readonly shape: readonly number[]
  readonly data: Elements
}

export type Attribute = number | { readonly float: number } | readonly number[] | string

/** One ONNX operator. All operators used here have one output. */
export interface Node {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** A model between its source and its ONNX file: images are NCHW; nodes stand in the order in which they can run. */
export interface Graph {
  readonly name: string
  readonly input: { readonly name: string; readonly shape: readonly number[] }
  readonly outputs: readonly string[]
  readonly nodes: readonly Node[]
  readonly constants: ReadonlyMap<string, Constant>
}

/** Collects nodes and constants in the order in which they are added. */
export class GraphBuilder {
  readonly nodes: Node[] = []
  readonly constants = new Map<string, Constant>()

  add(op: string, inputs: readonly string[], output: string, attributes: Node['attributes'] = {}): string {
    this.nodes.push({ op, inputs, output, attributes })
    return output
  }

  constant(name: string, shape: readonly number[], data: Elements): string {
    this.constants.set(name, { shape, data })
    return name
  }

  /** A list of integers, as shapes and axes are given. */
  integers(name: string, values: readonly number[]): string {
    return this.constant(name, [values.length], BigInt64Array.from(values, BigInt))
  }
}

/** The graph without what its outputs do not need. */
export function prune(graph: Graph): Graph {
  const needed = new Set(graph.outputs)
  const kept = graph.nodes.toReversed().filter((node) => {
    if (!needed.has(node.output)) return false
    for (const input of node.inputs) needed.add(input)
    return true
  })
  const constants = new Map([...graph.constants].filter(([name]) => needed.has(name)))
  return { ...graph, nodes: kept.reverse(), constants }
}

/** How many nodes and outputs read each tensor. */
export function uses(graph: Graph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of [...graph.outputs, ...graph.nodes.flatMap((node) => node.inputs)])
    counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** The float values of a constant. */
export function floats(graph: Pick<Graph, 'constants'>, name: string): Float32Array {
  const data = graph.constants.get(name)?.data
  if (data instanceof Float32Array) return data
  throw new Error(`${name} is no float constant`)
}
