/** Every new vertex as a weighted sum of old ones: vertex i uses entries `starts[i]` up to `starts[i + 1]`. */
export interface Subdivision {
  readonly triangles: readonly (readonly [number, number, number])[]
  readonly starts: Int32Array
  readonly sources: Int32Array
  readonly weights: Float32Array
}

interface Edge {
  readonly index: number
  readonly a: number
  readonly b: number
  readonly opposite: number[]
}

type Stencil = readonly (readonly [vertex: number, weight: number])[]

/** One step of Loop's subdivision of a triangle mesh with `count` vertices (Loop 1987): old vertices first, then one an edge. */
export function loopSubdivision(triangles: Subdivision['triangles'], count: number): Subdivision {
  const key = (a: number, b: number) => Math.min(a, b) * count + Math.max(a, b)
  const edges = new Map<number, Edge>()
  for (const triangle of triangles) {
    for (let k = 0; k < 3; k++) {
      const a = triangle[k]!
      const b = triangle[(k + 1) % 3]!
      const edge = edges.get(key(a, b)) ?? { index: edges.size, a, b, opposite: [] }
      edge.opposite.push(triangle[(k + 2) % 3]!)
      edges.set(key(a, b), edge)
    }
  }
  const between = (a: number, b: number) => count + edges.get(key(a, b))!.index
  const split = triangles.flatMap(([a, b, c]) => {
    const ab = between(a, b)
    const bc = between(b, c)
    const ca = between(c, a)
    return [[a, ab, ca] as const, [b, bc, ab] as const, [c, ca, bc] as const, [ab, bc, ca] as const]
  })
  return { triangles: split, ...compiled([...vertexStencils(edges, count), ...[...edges.values()].map(edgeStencil)]) }
}

function edgeStencil({ a, b, opposite }: Edge): Stencil {
  if (opposite.length !== 2) return [[a, 0.5], [b, 0.5]] // biome-ignore format: a pair a line
  return [[a, 0.375], [b, 0.375], [opposite[0]!, 0.125], [opposite[1]!, 0.125]] // biome-ignore format: a pair a line
}

function vertexStencils(edges: ReadonlyMap<number, Edge>, count: number): Stencil[] {
  const neighbours = Array.from({ length: count }, () => [] as number[])
  const onBorder = Array.from({ length: count }, () => [] as number[])
  for (const { a, b, opposite } of edges.values()) {
    neighbours[a]!.push(b)
    neighbours[b]!.push(a)
    if (opposite.length === 1) {
      onBorder[a]!.push(b)
      onBorder[b]!.push(a)
    }
  }
  return neighbours.map((around, vertex) => {
    const border = onBorder[vertex]!
    if (border.length === 2)
      return [
        [vertex, 0.75],
        [border[0]!, 0.125],
        [border[1]!, 0.125],
      ] as const
    const share = 5 / 8 - (3 / 8 + Math.cos((2 * Math.PI) / around.length) / 4) ** 2
    return [[vertex, 1 - share] as const, ...around.map((other) => [other, share / around.length] as const)]
  })
}

function compiled(stencils: readonly Stencil[]): Omit<Subdivision, 'triangles'> {
  const starts = new Int32Array(stencils.length + 1)
  stencils.forEach((stencil, i) => {
    starts[i + 1] = starts[i]! + stencil.length
  })
  const entries = stencils.flat()
  return { starts, sources: Int32Array.from(entries, ([v]) => v), weights: Float32Array.from(entries, ([, w]) => w) }
}

/** Values of the finer mesh from values of the coarser one, `size` numbers a vertex, interleaved. */
export function subdivide(subdivision: Subdivision, values: Float32Array, size: number): Float32Array {
  const { starts, sources, weights } = subdivision
  const finer = new Float32Array((starts.length - 1) * size)
  for (let i = 0; i + 1 < starts.length; i++) {
    for (let entry = starts[i]!; entry < starts[i + 1]!; entry++) {
      const from = sources[entry]! * size
      for (let k = 0; k < size; k++) finer[i * size + k]! += weights[entry]! * values[from + k]!
    }
  }
  return finer
}
