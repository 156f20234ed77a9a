import type { Point } from '../image/index.ts'
import type { Tensor } from '../onnx/index.ts'
import type { Box } from './analysis.ts'
import type { Detection } from './blazeface.ts'
import { distance, midpoint } from './landmarks.ts'

/** What YuNet says at one stride. */
interface Level {
  readonly stride: number
  readonly classes: Float32Array
  readonly objectness: Float32Array
  readonly points: Float32Array
}

const STRIDES = [8, 16, 32]
const POINTS = 5
/** The side of BlazeFace's square by the distances from eyes to mouth and between the eyes; its centre on the way down. */
const SIDE_BY_HEIGHT = 2.23
const SIDE_BY_WIDTH = 2.2
const BELOW_EYES = 0.55

/**
 * Decodes YuNet's outputs (Wu, Peng, Yu 2023) to faces in pixels of its input, whose width is `width`: at each cell of
 * each stride five points in cells relative to the cell's corner: right eye, left eye, nose, mouth corners. The score is the
 * geometric mean of class and objectness. YuNet's own boxes are not used: what follows expects BlazeFace's.
 */
export function decodeYunet(outputs: Readonly<Record<string, Tensor>>, width: number, minScore: number): Detection[] {
  return STRIDES.flatMap((stride) => decodeLevel(levelOf(outputs, stride), width, minScore))
}

function levelOf(outputs: Readonly<Record<string, Tensor>>, stride: number): Level {
  const part = (name: string) => outputs[`${name}_${stride}`]?.data ?? new Float32Array()
  return { stride, classes: part('cls'), objectness: part('obj'), points: part('kps') }
}

function decodeLevel({ stride, classes, objectness, points }: Level, width: number, minScore: number) {
  const columns = Math.ceil(width / stride)
  const faces: Detection[] = []
  for (let cell = 0; cell < classes.length; cell++) {
    const score = Math.sqrt(unit(classes[cell]!) * unit(objectness[cell]!))
    if (!(score >= minScore)) continue
    const column = cell % columns
    const row = Math.floor(cell / columns)
    const five = Array.from({ length: POINTS }, (_, i) => ({
      x: (column + points[2 * (POINTS * cell + i)]!) * stride,
      y: (row + points[2 * (POINTS * cell + i) + 1]!) * stride,
    }))
    faces.push({ score, box: squareAround(five), points: five })
  }
  return faces
}

/** The square that BlazeFace would report, in the proportions measured on portraits: a profile counts by its height. */
function squareAround([right, left, , mouthRight, mouthLeft]: readonly Point[]): Box {
  const eyes = midpoint(right!, left!)
  const mouth = midpoint(mouthRight!, mouthLeft!)
  const side = Math.max(SIDE_BY_HEIGHT * distance(eyes, mouth), SIDE_BY_WIDTH * distance(right!, left!))
  const x = eyes.x + BELOW_EYES * (mouth.x - eyes.x)
  const y = eyes.y + BELOW_EYES * (mouth.y - eyes.y)
  return { x: x - side / 2, y: y - side / 2, width: side, height: side }
}

function unit(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}
