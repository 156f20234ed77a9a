import type { Attribute, Constant, Elements, Graph, Node } from './graph.ts'

/** The versions that the models are written in: old enough for every runtime of the last years. */
const IR_VERSION = 8
const OPSET = 17

/** Protocol Buffers wire types. */
const VARINT = 0
const BYTES = 2
const FIXED32 = 5

/** TensorProto.DataType. */
const FLOAT = 1

/**
 * Writes a graph as an ONNX file (onnx.proto, ModelProto): the same graph gives the same bytes.
 * Field numbers are those of onnx.proto.
 */
export function writeOnnx(graph: Graph): Uint8Array {
  const body = [
    ...graph.nodes.map((node) => message(1, nodeProto(node))),
    text(2, graph.name),
    ...[...graph.constants].map(([name, constant]) => message(5, tensorProto(name, constant))),
    message(11, valueInfo(graph.input.name, graph.input.shape)),
    ...graph.outputs.map((name) => message(12, valueInfo(name))),
  ]
  return Buffer.concat([
    integer(1, IR_VERSION),
    text(2, 'genkend'),
    message(7, body),
    message(8, [text(1, ''), integer(2, OPSET)]),
  ])
}

const nodeProto = (node: Node): Buffer[] => [
  ...node.inputs.map((input) => text(1, input)),
  text(2, node.output),
  text(3, node.output),
  text(4, node.op),
  ...Object.entries(node.attributes).map(([name, value]) => message(5, [text(1, name), ...attributeValue(value)])),
]

/** AttributeProto: the value, then its type (FLOAT 1, INT 2, STRING 3, INTS 7). */
function attributeValue(value: Attribute): Buffer[] {
  if (typeof value === 'number') return [integer(3, value), integer(20, 2)]
  if (typeof value === 'string') return [text(4, value), integer(20, 3)]
  if ('float' in value) {
    const bytes = Buffer.alloc(4)
    bytes.writeFloatLE(value.float)
    return [key(2, FIXED32), bytes, integer(20, 1)]
  }
  return [...value.map((item) => integer(8, item)), integer(20, 7)]
}

const tensorProto = (name: string, { shape, data }: Constant): Buffer[] => [
  ...shape.map((size) => integer(1, size)),
  integer(2, dataType(data)),
  text(8, name),
  ...bytes(9, littleEndian(data)),
]

function dataType(data: Elements): number {
  if (data instanceof Float32Array) return FLOAT
  if (data instanceof Uint8Array) return 2
  if (data instanceof Int8Array) return 3
  if (data instanceof Int32Array) return 6
  return 7
}

/** ONNX stores little-endian; so does every machine that Node runs on, but for a few that swap here. */
function littleEndian(data: Elements): Buffer {
  const copy = Buffer.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
  if (isLittle || data.BYTES_PER_ELEMENT === 1) return copy
  return data.BYTES_PER_ELEMENT === 4 ? copy.swap32() : copy.swap64()
}

/** ValueInfoProto of a float tensor; without a shape, the runtime infers it. */
function valueInfo(name: string, shape?: readonly number[]): Buffer[] {
  const dimensions = shape
    ? [
        message(
          2,
          shape.map((size) => message(1, [integer(1, size)])),
        ),
      ]
    : []
  return [text(1, name), message(2, [message(1, [integer(1, FLOAT), ...dimensions])])]
}

const message = (field: number, parts: readonly Buffer[]): Buffer => Buffer.concat(bytes(field, Buffer.concat(parts)))

const text = (field: number, value: string): Buffer => Buffer.concat(bytes(field, Buffer.from(value, 'utf8')))

const bytes = (field: number, value: Buffer): Buffer[] => [key(field, BYTES), varint(value.length), value]

const integer = (field: number, value: number): Buffer => Buffer.concat([key(field, VARINT), varint(value)])

const key = (field: number, wireType: number): Buffer => varint(field * 8 + wireType)

/** Base-128 of the value's 64-bit two's complement, lowest digits first. */
function varint(value: number): Buffer {
  const digits: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest >= 128n) {
    digits.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  digits.push(Number(rest))
  return Buffer.from(digits)
}
