import type { Tensor } from '../onnx/index.ts'
import type { Detection } from './blazeface.ts'

/** What YuNet says at one stride. */
interface Level {
  readonly stride: number
  readonly classes: Float32Array
  readonly objectness: Float32Array
  readonly boxes: Float32Array
  readonly points: Float32Array
}

const STRIDES = [8, 16, 32]
const POINTS = 5

/**
 * Decodes YuNet's outputs (Wu, Peng, Yu 2023) to faces in pixels of its input, whose width is `width`: at each cell of
 * each stride the box's centre and the points in cells relative to the cell's corner, the sides as logarithms of cells.
 * The score is the geometric mean of class and objectness. The five points: right eye, left eye, nose, mouth corners.
 */
export function decodeYunet(outputs: Readonly<Record<string, Tensor>>, width: number, minScore: number): Detection[] {
  return STRIDES.flatMap((stride) => decodeLevel(levelOf(outputs, stride), width, minScore))
}

function levelOf(outputs: Readonly<Record<string, Tensor>>, stride: number): Level {
  const part = (name: string) => outputs[`${name}_${stride}`]?.data ?? new Float32Array()
  return { stride, classes: part('cls'), objectness: part('obj'), boxes: part('bbox'), points: part('kps') }
}

function decodeLevel({ stride, classes, objectness, boxes, points }: Level, width: number, minScore: number) {
  const columns = Math.ceil(width / stride)
  const found: Detection[] = []
  for (let cell = 0; cell < classes.length; cell++) {
    const score = Math.sqrt(unit(classes[cell]!) * unit(objectness[cell]!))
    if (!(score >= minScore)) continue
    const column = cell % columns
    const row = Math.floor(cell / columns)
    const centreX = (column + boxes[4 * cell]!) * stride
    const centreY = (row + boxes[4 * cell + 1]!) * stride
    const [w, h] = [Math.exp(boxes[4 * cell + 2]!) * stride, Math.exp(boxes[4 * cell + 3]!) * stride]
    found.push({
      score,
      box: { x: centreX - w / 2, y: centreY - h / 2, width: w, height: h },
      points: Array.from({ length: POINTS }, (_, i) => ({
        x: (column + points[2 * (POINTS * cell + i)]!) * stride,
        y: (row + points[2 * (POINTS * cell + i) + 1]!) * stride,
      })),
    })
  }
  return found
}

function unit(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}
