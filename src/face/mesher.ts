import { type Affine, apply, type Picture, type Point, warpToPlanar } from '../image/index.ts'
import type { Model, Tensor } from '../onnx/index.ts'
import type { Detection } from './blazeface.ts'
import { inputBuffer, planarFormat } from './feed.ts'
import { MESH_POINTS, MESH_VALUES, midpoint } from './landmarks.ts'

/** The mesh that a model sees, and how sure it is that it sees a face, 0 to 1. */
export interface FittedMesh {
  /** 468 points, x y z interleaved, in pixels of the picture. */
  readonly mesh: Float32Array
  readonly presence: number
}

/** Fits a face mesh to a detected face. */
export type FaceMesher = (picture: Picture, face: Detection) => Promise<FittedMesh>

/** FaceMesh's crop: this many times the longer side of the detector's box (MediaPipe's face landmark graph). */
const ENLARGE = 1.5

/** Not to be called again before it answers. The mesh is the caller's. */
export function createFaceMesher(model: Model): FaceMesher {
  const { width, height, crop } = model.input
  const format = planarFormat(model.input)
  const out = inputBuffer(model)
  const enlarge = crop.kind === 'box' ? crop.enlarge : ENLARGE

  return async (picture, face) => {
    const toPicture = uprightCrop(face, enlarge, width)
    warpToPlanar(picture, toPicture, width, height, format, out)
    const outputs = Object.values(await model.run(out, [1, 3, height, width]))
    const points = outputs.find(({ data }) => data.length === MESH_VALUES)
    if (!points) throw new RangeError('the mesh model gives no 468 points')
    return { mesh: meshInPicture(points.data, toPicture), presence: presenceOf(outputs) }
  }
}

/** Maps the pixels of a square crop of side `size` to the picture: about the box's centre, the eyes level. */
export function uprightCrop({ box, points }: Detection, enlarge: number, size: number): Affine {
  const [right, left] = points as readonly [Point, Point]
  const angle = Math.atan2(left.y - right.y, left.x - right.x)
  const scale = (enlarge * Math.max(box.width, box.height)) / size
  const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)]
  const centre = midpoint(box, { x: box.x + box.width, y: box.y + box.height })
  // The crop's middle lies between its pixel centres.
  const middle = (size - 1) / 2
  return [a, -b, centre.x - (a - b) * middle, b, a, centre.y - (a + b) * middle]
}

/** x and y through the crop's map; z, which the model gives in pixels of the crop, by its scale. */
function meshInPicture(points: Float32Array, toPicture: Affine): Float32Array {
  const mesh = new Float32Array(MESH_VALUES)
  const scale = Math.hypot(toPicture[0], toPicture[3])
  for (let point = 0; point < MESH_POINTS; point++) {
    // The model counts from the edge of the first pixel.
    const { x, y } = apply(toPicture, { x: points[3 * point]! - 0.5, y: points[3 * point + 1]! - 0.5 })
    mesh[3 * point] = x
    mesh[3 * point + 1] = y
    mesh[3 * point + 2] = points[3 * point + 2]! * scale
  }
  return mesh
}

/** The single logit beside the mesh; a model without one is trusted. */
function presenceOf(outputs: readonly Tensor[]): number {
  const flag = outputs.find(({ data }) => data.length === 1)
  return flag ? 1 / (1 + Math.exp(-flag.data[0]!)) : 1
}
