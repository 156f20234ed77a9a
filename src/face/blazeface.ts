import type { Point } from '../image/index.ts'
import type { Tensor } from '../onnx/index.ts'
import type { ScoredBox } from './suppression.ts'

/** A face as a detector reports it: a box and six or five points, the person's right eye first, then the left eye. */
export interface Detection extends ScoredBox {
  readonly points: readonly Point[]
}

/** One grid of anchors: a cell every `stride` pixels, `count` anchors a cell. */
export interface AnchorLayer {
  readonly stride: number
  readonly count: number
}

/** BlazeFace for back cameras: 56 % of the anchors look for small faces. */
export const BLAZEFACE_LAYERS: readonly AnchorLayer[] = [
  { stride: 16, count: 2 },
  { stride: 32, count: 6 },
]

/** Beyond this the logistic function is 0 or 1 in single precision. */
const LOGIT_LIMIT = 80
const POINTS = 6
/** Four numbers for the box, two for each point. */
const VALUES = 4 + 2 * POINTS

/** The centres of all anchors in pixels of the input, x y interleaved, layer by layer, row by row. */
export function anchorCentres(size: number, layers: readonly AnchorLayer[]): Float32Array {
  const centres: number[] = []
  for (const { stride, count } of layers) {
    const cells = Math.ceil(size / stride)
    for (let cell = 0; cell < cells * cells; cell++) {
      const x = ((cell % cells) + 0.5) * stride
      const y = (Math.floor(cell / cells) + 0.5) * stride
      for (let anchor = 0; anchor < count; anchor++) centres.push(x, y)
    }
  }
  return Float32Array.from(centres)
}

/**
 * Decodes BlazeFace's outputs (Bazarevsky et al. 2019, arXiv:1907.05047) to faces in pixels of its input: for every
 * anchor a logit, and the box's centre and the six points relative to the anchor's centre, the box's sides in pixels.
 * The six points: right eye, left eye, nose, mouth, right ear, left ear.
 * A graph may give one pair of outputs for each layer, or all layers in one.
 */
export function decodeBlazeFace(
  outputs: Readonly<Record<string, Tensor>>,
  centres: Float32Array,
  minScore: number,
): Detection[] {
  const tensors = Object.values(outputs)
  const logits = join(tensors.filter(({ shape }) => shape.at(-1) === 1))
  const values = join(tensors.filter(({ shape }) => shape.at(-1) === VALUES))
  const found: Detection[] = []
  for (let anchor = 0; anchor < logits.length; anchor++) {
    const score = logistic(logits[anchor]!)
    if (!(score >= minScore)) continue
    const at = (index: number) => values[anchor * VALUES + index]!
    const x = centres[2 * anchor]!
    const y = centres[2 * anchor + 1]!
    const [width, height] = [at(2), at(3)]
    if (!(width > 0 && height > 0)) continue
    found.push({
      score,
      box: { x: x + at(0) - width / 2, y: y + at(1) - height / 2, width, height },
      points: Array.from({ length: POINTS }, (_, i) => ({ x: x + at(4 + 2 * i), y: y + at(5 + 2 * i) })),
    })
  }
  return found
}

/** All layers one after another, the finest (which has most anchors) first. */
function join(tensors: readonly Tensor[]): Float32Array {
  const layers = tensors.toSorted((a, b) => b.data.length - a.data.length)
  const joined = new Float32Array(layers.reduce((sum, { data }) => sum + data.length, 0))
  let at = 0
  for (const { data } of layers) {
    joined.set(data, at)
    at += data.length
  }
  return joined
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-Math.min(Math.max(logit, -LOGIT_LIMIT), LOGIT_LIMIT)))
}
