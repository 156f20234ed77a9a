import { type Area, type Letterbox, letterboxToPlanar, type Picture } from '../image/index.ts'
import type { Model, Tensor } from '../onnx/index.ts'
import { type AnchorLayer, anchorCentres, BLAZEFACE_LAYERS, type Detection, decodeBlazeFace } from './blazeface.ts'
import { inputBuffer, planarFormat } from './feed.ts'
import { suppressNonMaxima } from './suppression.ts'
import { decodeYunet } from './yunet.ts'

/** Below this a candidate is not worth looking at; it balances missed faces against faces seen in the background. */
const MIN_SCORE = 0.5
/** A close-up that fills the picture is found when it is shown with a margin of this share of the longer side. */
const MARGIN = 0.4

type Decoder = (outputs: Readonly<Record<string, Tensor>>) => Detection[]

/** Finds the faces of a picture, the most certain first. */
export type FaceDetector = (picture: Picture) => Promise<Detection[]>

/** Boxes and points are in pixels of the picture, whose edges they may cross. Not to be called again before it answers. */
export function createFaceDetector(model: Model): FaceDetector {
  const { width, height } = model.input
  const format = planarFormat(model.input)
  const out = inputBuffer(model)
  const decode = decoderOf(model)

  async function search(picture: Picture, area: Area): Promise<Detection[]> {
    const letterbox = letterboxToPlanar(picture, width, height, format, { area, out })
    const candidates = decode(await model.run(out, [1, 3, height, width]))
    return suppressNonMaxima(candidates).map((found) => toPicture(found, letterbox, area))
  }

  return async (picture) => {
    const whole = { left: 0, top: 0, width: picture.width, height: picture.height }
    const found = await search(picture, whole)
    return found.length > 0 ? found : search(picture, withMargin(whole))
  }
}

function decoderOf({ input, output }: Model): Decoder {
  if (output.kind === 'yunet') return (outputs) => decodeYunet(outputs, input.width, MIN_SCORE)
  const layers = (output as { anchors?: readonly AnchorLayer[] }).anchors ?? BLAZEFACE_LAYERS
  const centres = anchorCentres(input.width, layers)
  return (outputs) => decodeBlazeFace(outputs, centres, MIN_SCORE)
}

function withMargin({ width, height }: Area): Area {
  const margin = MARGIN * Math.max(width, height)
  return { left: -margin, top: -margin, width: width + 2 * margin, height: height + 2 * margin }
}

/** Letterboxes count from edges, points from pixel centres: hence the halves. */
function toPicture({ box, points, score }: Detection, { scale, left, top }: Letterbox, area: Area): Detection {
  const x = (value: number) => (value - left) / scale + area.left - 0.5
  const y = (value: number) => (value - top) / scale + area.top - 0.5
  return {
    score,
    box: { x: x(box.x), y: y(box.y), width: box.width / scale, height: box.height / scale },
    points: points.map((point) => ({ x: x(point.x), y: y(point.y) })),
  }
}
