import { describe, expect, it } from 'vitest'
import { type Graph, GraphBuilder } from '../../models/convert/graph.ts'
import { writeOnnx } from '../../models/convert/onnx-writer.ts'
import { centreDescriptor } from '../../models/convert/outputs.ts'
import { splitPrelu } from '../../models/convert/prelu.ts'
import { quantise, quantisedTensors } from '../../models/convert/quantise.ts'
import { simplify } from '../../models/convert/simplify.ts'
import { openSession } from '../../src/onnx/index.ts'
import { entryFor } from '../onnx/tiny-model.ts'

const SIZE = 6
const CHANNELS = 3
const WIDE = 4

/** Whole numbers from -50 to 50, always the same. */
const noise = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => ((i * 7919 + seed * 104729) % 101) - 50)

/** A small network of the operators that the real ones are made of. */
function network(): Graph {
  const builder = new GraphBuilder()
  const filter = noise(WIDE * CHANNELS * 9, 1).map((w) => w / 100)
  builder.constant('filter', [WIDE, CHANNELS, 3, 3], filter)
  builder.constant('factor', [WIDE, 1, 1], Float32Array.of(1, -2, 0.5, 3))
  builder.constant('summand', [WIDE, 1, 1], Float32Array.of(10, 0, -20, 5))
  builder.constant('slope', [WIDE, 1, 1], Float32Array.of(0.1, 1, -0.5, 0.25))
  builder.constant('six', [], Float32Array.of(60))
  builder.constant('none', [], Float32Array.of(0))
  builder.add('Conv', ['x', 'filter'], 'product', { pads: [1, 1, 1, 1] })
  builder.add('Mul', ['product', 'factor'], 'scaled')
  builder.add('Add', ['scaled', 'summand'], 'shifted')
  builder.add('PRelu', ['shifted', 'slope'], 'bent')
  builder.add('Relu', ['shifted'], 'ramp')
  builder.add('Min', ['ramp', 'six'], 'limited')
  builder.add('Max', ['limited', 'none'], 'clipped')
  builder.add('Add', ['bent', 'clipped'], 'sum')
  builder.add('GlobalAveragePool', ['sum'], 'mean')
  builder.add('Flatten', ['mean'], 'y')
  const { nodes, constants } = builder
  return { name: 'small', input: { name: 'x', shape: [1, CHANNELS, SIZE, SIZE] }, outputs: ['y'], nodes, constants }
}

async function outputs(graph: Graph, input = noise(CHANNELS * SIZE * SIZE, 2)): Promise<Record<string, number[]>> {
  const bytes = writeOnnx(graph)
  const entry = entryFor('small', 'pad', bytes)
  const sized = { ...entry, input: { ...entry.input, width: SIZE, height: SIZE } }
  const { model, release } = await openSession(sized, bytes, undefined)
  const results = Object.entries(await model.run(input))
  await release()
  return Object.fromEntries(results.map(([name, { data }]) => [name, Array.from(data)]))
}

const only = async (graph: Graph) => Object.values(await outputs(graph))[0]!

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance)
  })
}

describe('rewriting a network', () => {
  it('folds factors, summands and limits without changing what it computes', async () => {
    const folded = simplify({ ...network() })
    expect(folded.nodes.map(({ op }) => op)).not.toContain('Min')
    expect(folded.nodes.length).toBeLessThan(network().nodes.length)
    expectClose(await only(folded), await only(network()), 1e-4)
  })

  it('splits PRelu without changing what it computes', async () => {
    const split = splitPrelu(network())
    expect(split.nodes.map(({ op }) => op)).not.toContain('PRelu')
    expectClose(await only(split), await only(network()), 1e-4)
  })

  it('computes nearly the same in 8 bits', async () => {
    const graph = splitPrelu(simplify(network()))
    const watched = quantisedTensors(graph).filter((name) => name !== 'x')
    const values = {
      x: Array.from(noise(CHANNELS * SIZE * SIZE, 2)),
      ...(await outputs({ ...graph, outputs: watched })),
    }
    const ranges = Object.fromEntries(
      Object.entries(values).map(([name, all]) => [name, [Math.min(...all), Math.max(...all)] as const]),
    )
    const exact = await only(graph)
    const span = Math.max(...exact) - Math.min(...exact)
    expectClose(await only(quantise(graph, ranges)), exact, span * 0.02)
  })

  it('refuses to quantise a tensor whose range is unknown', () => {
    expect(() => quantise(simplify(network()), {})).toThrow(/range/)
  })

  it('centres a descriptor after bringing it to unit length', async () => {
    const [exact, centre] = [await only(network()), [0.5, -0.5, 0.25, 0]]
    const length = Math.hypot(...exact)
    const expected = exact.map((value, i) => value / length - centre[i]!)
    expectClose(await only(centreDescriptor(network(), centre)), expected, 1e-5)
  })
})
