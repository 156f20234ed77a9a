import type { Picture, Point } from '../image/index.ts'
import type { Box } from './analysis.ts'

/**
 * The part of a picture around one face, reduced by a whole factor so that crops taken from it need no smoothing.
 * Its pixel (x, y) is the mean of `factor` x `factor` pixels of the picture.
 */
export interface FaceView {
  readonly picture: Picture
  readonly factor: number
  /** Of the picture's first pixel that the view shows. */
  readonly left: number
  readonly top: number
}

/** A face box of up to twice this side is used as it is: no model sees more than 112 pixels of a face. */
const BOX_SIDE = 128
/** What the widest crop needs, in sides of the box. */
const REACH = 2.2

/** A small face's view is the picture itself, without a copy. */
export function viewFace(picture: Picture, { x, y, width, height }: Box): FaceView {
  const side = Math.max(width, height)
  const factor = Math.floor(side / BOX_SIDE)
  if (factor < 2) return { picture, factor: 1, left: 0, top: 0 }
  const reach = (REACH * side) / 2
  const left = clamp(Math.floor(x + width / 2 - reach), picture.width - factor)
  const top = clamp(Math.floor(y + height / 2 - reach), picture.height - factor)
  const columns = Math.floor(Math.min(2 * reach, picture.width - left) / factor)
  const rows = Math.floor(Math.min(2 * reach, picture.height - top) / factor)
  return { picture: reduce(picture, left, top, Math.max(columns, 1), Math.max(rows, 1), factor), factor, left, top }
}

/** A point of the picture in pixels of the view. */
export function intoView({ factor, left, top }: FaceView, { x, y }: Point): Point {
  const half = (factor - 1) / 2
  return { x: (x - left - half) / factor, y: (y - top - half) / factor }
}

/** A mesh of the view in pixels of the picture, in place. */
export function meshOutOfView({ factor, left, top }: FaceView, mesh: Float32Array): Float32Array {
  const half = (factor - 1) / 2
  for (let i = 0; i < mesh.length; i += 3) {
    mesh[i] = mesh[i]! * factor + left + half
    mesh[i + 1] = mesh[i + 1]! * factor + top + half
    mesh[i + 2] = mesh[i + 2]! * factor
  }
  return mesh
}

function reduce(picture: Picture, left: number, top: number, width: number, height: number, factor: number): Picture {
  const data = new Uint8Array(3 * width * height)
  const sums = new Float64Array(3 * width)
  const area = factor * factor
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let dy = 0; dy < factor; dy++) {
      let from = 3 * ((top + y * factor + dy) * picture.width + left)
      for (let to = 0; to < sums.length; to += 3) {
        for (let dx = 0; dx < factor; dx++, from += 3) {
          sums[to]! += picture.data[from]!
          sums[to + 1]! += picture.data[from + 1]!
          sums[to + 2]! += picture.data[from + 2]!
        }
      }
    }
    for (let i = 0; i < sums.length; i++) data[3 * width * y + i] = sums[i]! / area + 0.5
  }
  return { width, height, data }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most))
}
