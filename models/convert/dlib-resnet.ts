import { standardFilter } from './filters.ts'
import { type Constant, type Graph, GraphBuilder } from './graph.ts'

/** The side of the input, in pixels; what follows is laid out for it. */
const INPUT_SIZE = 150

/** The residual blocks in order: the name in the weights and, for those that halve the picture, the channels they add. */
const BLOCKS: readonly { readonly name: string; readonly added?: number }[] = [
  { name: 'conv32_1' },
  { name: 'conv32_2' },
  { name: 'conv32_3' },
  { name: 'conv64_down', added: 32 },
  { name: 'conv64_1' },
  { name: 'conv64_2' },
  { name: 'conv64_3' },
  { name: 'conv128_down', added: 64 },
  { name: 'conv128_1' },
  { name: 'conv128_2' },
  { name: 'conv256_down', added: 128 },
  { name: 'conv256_1' },
  { name: 'conv256_2' },
  { name: 'conv256_down_out', added: 0 },
]

/** A tensor under construction: its name and its height, which is its width. */
interface Layer {
  readonly tensor: string
  readonly size: number
}

/**
 * Builds dlib's face recognition network (ResNet-29 of 128 values, dlib's dnn_face_recognition_ex) from the weights of
 * face-api, which carry no graph. Every convolution is followed by a factor and a summand for each channel.
 */
export function dlibResnet(weights: ReadonlyMap<string, Constant>): Graph {
  const builder = new GraphBuilder()
  const network = new Network(builder, weights)
  const stem = network.convolution({ tensor: 'face', size: INPUT_SIZE }, 'conv32_down', { strides: 2, relu: true })
  let layer = network.pool(stem, 'MaxPool', 3, 'pool')
  for (const { name, added } of BLOCKS)
    layer = added === undefined ? network.residual(layer, name) : network.residualDown(layer, name, added)
  builder.add('GlobalAveragePool', [layer.tensor], 'mean')
  builder.add('Flatten', ['mean'], 'flat')
  const projection = network.weight('fc')
  builder.constant('fc', projection.shape, projection.data)
  builder.add('MatMul', ['flat', 'fc'], 'descriptor')
  const { nodes, constants } = builder
  const input = { name: 'face', shape: [1, 3, INPUT_SIZE, INPUT_SIZE] }
  return { name: 'dlib-resnet', input, outputs: ['descriptor'], nodes, constants }
}

class Network {
  readonly #builder: GraphBuilder
  readonly #weights: ReadonlyMap<string, Constant>

  constructor(builder: GraphBuilder, weights: ReadonlyMap<string, Constant>) {
    this.#builder = builder
    this.#weights = weights
  }

  weight(name: string): Constant {
    const weight = this.#weights.get(name)
    if (!weight) throw new Error(`the weights lack ${name}`)
    return weight
  }

  /** Filters and biases, then the affine layer. With stride 2 nothing is padded; with stride 1 the size is kept. */
  convolution({ tensor, size }: Layer, name: string, { strides = 1, relu = false }): Layer {
    const [shape, data] = standardFilter(this.weight(`${name}/conv/filters`))
    const kernel = shape[2] ?? 0
    const filter = this.#builder.constant(`${name}/filters`, shape, data)
    const pads = strides === 1 ? new Array<number>(4).fill((kernel - 1) / 2) : [0, 0, 0, 0]
    const product = this.#builder.add('Conv', [tensor, filter], `${name}/product`, {
      strides: [strides, strides],
      pads,
    })
    const biased = this.#builder.add('Add', [product, this.#channels(`${name}/conv/bias`)], `${name}/biased`)
    const scaled = this.#builder.add('Mul', [biased, this.#channels(`${name}/scale/weights`)], `${name}/scaled`)
    const shifted = this.#builder.add('Add', [scaled, this.#channels(`${name}/scale/biases`)], `${name}/shifted`)
    const output = relu ? this.#builder.add('Relu', [shifted], `${name}/relu`) : shifted
    return { tensor: output, size: strides === 1 ? size : Math.floor((size - kernel) / strides) + 1 }
  }

  pool({ tensor, size }: Layer, op: 'MaxPool' | 'AveragePool', kernel: number, output: string): Layer {
    this.#builder.add(op, [tensor], output, { kernel_shape: [kernel, kernel], strides: [2, 2] })
    return { tensor: output, size: Math.floor((size - kernel) / 2) + 1 }
  }

  residual(input: Layer, name: string): Layer {
    const first = this.convolution(input, `${name}/conv1`, { relu: true })
    const second = this.convolution(first, `${name}/conv2`, {})
    return this.#sum(second, input, name)
  }

  /** Halves the picture. The shorter of the two paths is padded with zeros: right and bottom, and in channels. */
  residualDown(input: Layer, name: string, added: number): Layer {
    const first = this.convolution(input, `${name}/conv1`, { strides: 2, relu: true })
    const second = this.convolution(first, `${name}/conv2`, {})
    const pooled = this.pool(input, 'AveragePool', 2, `${name}/pooled`)
    const missing = pooled.size - second.size
    const convolved = this.#pad(second, `${name}/convolved`, 0, missing)
    return this.#sum(convolved, this.#pad(pooled, `${name}/widened`, added, 0), name)
  }

  #pad(layer: Layer, output: string, channels: number, pixels: number): Layer {
    if (channels === 0 && pixels === 0) return layer
    const pads = this.#builder.integers(`${output}/pads`, [0, 0, 0, 0, 0, channels, pixels, pixels])
    return { tensor: this.#builder.add('Pad', [layer.tensor, pads], output), size: layer.size + pixels }
  }

  #sum(a: Layer, b: Layer, name: string): Layer {
    const sum = this.#builder.add('Add', [a.tensor, b.tensor], `${name}/sum`)
    return { tensor: this.#builder.add('Relu', [sum], `${name}/out`), size: a.size }
  }

  #channels(name: string): string {
    const { data } = this.weight(name)
    return this.#builder.constant(name, [data.length, 1, 1], data)
  }
}
