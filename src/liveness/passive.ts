import { type Box, type FaceAnalysis, fuse, portraitSquare } from '../face/index.ts'
import { type Area, type Picture, type PlanarFormat, resizeToPlanar, warpToPlanar } from '../image/index.ts'
import type { Fusion, Model, ModelSet } from '../onnx/index.ts'
import { type Unjudgeable, unjudgeable } from './judgeable.ts'

/** How live a capture looks: 0 (presentation attack) to 1 (live). */
export interface PassiveScore {
  readonly score: number
  readonly threshold: number
  readonly live: boolean
}

/** The picture is too poor for a score to mean anything. */
export interface PassiveUnjudged {
  readonly reason: Unjudgeable
}

/** A face that was located, and how well it was captured. */
export type LocatedFace = Pick<FaceAnalysis, 'geometry' | 'quality'>

/** Judges single pictures for presentation attacks. One question at a time: its buffers are used again. */
export interface PassiveDetector {
  /** An advisory detector may cast doubt, but neither passes nor fails anyone. */
  readonly advisory: boolean
  /** Against what nobody has measured it. */
  readonly unmeasured: readonly string[]
  score(picture: Picture, face: LocatedFace): Promise<PassiveScore | PassiveUnjudged>
}

/** Where the manifest names no threshold. */
const DEFAULT_THRESHOLD = 0.5

/** Undefined when no model serves the role `pad`. */
export function createPassiveDetector(models: ModelSet): PassiveDetector | undefined {
  const networks = models.all('pad')
  if (networks.length === 0) return undefined
  const fusion = models.fusion('pad') ?? evenly(networks)
  const threshold = fusion.threshold ?? DEFAULT_THRESHOLD
  const liveness = new Map(networks.map((model) => [model.id, livenessOf(model)]))
  return {
    advisory: fusion.advisory ?? false,
    unmeasured: fusion.unmeasured ?? [],
    async score(picture, { geometry: { mesh }, quality }) {
      const reason = unjudgeable(quality)
      if (reason) return { reason }
      const square = portraitSquare(mesh)
      const scores: Record<string, number> = {}
      for (const [id, judge] of liveness) scores[id] = await judge(picture, square)
      const score = fuse(fusion, (id) => scores[id] ?? 0)
      return { score, threshold, live: score >= threshold }
    },
  }
}

/** The probability that one network gives to a live face in a square of the picture. */
function livenessOf(model: Model): (picture: Picture, square: Box) => Promise<number> {
  const { width, height, crop, channels, mean, deviation } = model.input
  const { enlarge, averaged = false } = crop.kind === 'box' ? crop : { enlarge: 1 }
  const live = (model.output as { live?: number }).live ?? 1
  const format: PlanarFormat = {
    order: channels === 'bgr' ? 'bgr' : 'rgb',
    mean: mean[0] ?? 0,
    scale: 1 / (deviation[0] ?? 1),
  }
  const out = new Float32Array(3 * width * height)
  return async (picture, square) => {
    const area = squareInside(square, enlarge, picture)
    if (averaged) resizeToPlanar(picture, width, height, format, area, out)
    else sample(picture, area, width, height, format, out)
    const [logits] = Object.values(await model.run(out, [1, 3, height, width]))
    return softmax(logits!.data)[live] ?? 0
  }
}

/**
 * The square enlarged about its centre, moved and if need be shrunk until it lies inside the picture: what the networks
 * of Silent-Face-Anti-Spoofing and the project's own were trained on.
 */
export function squareInside(square: Box, enlarge: number, { width, height }: Picture): Area {
  const side = Math.min(square.width * enlarge, width - 1, height - 1)
  const left = inside(square.x + square.width / 2 - side / 2, width - 1 - side)
  const top = inside(square.y + square.height / 2 - side / 2, height - 1 - side)
  return { left, top, width: side, height: side }
}

/** Bilinear, without smoothing. */
function sample(
  picture: Picture,
  { left, top, width: side }: Area,
  width: number,
  height: number,
  format: PlanarFormat,
  out: Float32Array,
): void {
  const scale = side / width
  warpToPlanar(picture, [scale, 0, left + scale / 2 - 0.5, 0, scale, top + scale / 2 - 0.5], width, height, format, out)
}

function inside(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most)
}

function softmax(logits: Float32Array): number[] {
  const most = Math.max(...logits)
  const powers = Array.from(logits, (logit) => Math.exp(logit - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

function evenly(models: readonly Model[]): Fusion {
  return { terms: models.map(({ id }) => ({ model: id, weight: 1 / models.length, mean: 0, deviation: 1 })) }
}
