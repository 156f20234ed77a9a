import { Fault } from '../check/index.ts'
import type { Picture, Point } from '../image/index.ts'
import type { Fusion, Model, ModelSet, Role } from '../onnx/index.ts'
import type {
  FaceAnalysis,
  FaceComparison,
  FaceGeometry,
  FaceGlance,
  FaceMissing,
  FaceQuality,
  FaceTemplate,
} from './analysis.ts'
import type { Detection } from './blazeface.ts'
import { compareFaces } from './compare.ts'
import { createFaceDetector } from './detector.ts'
import { type FaceView, intoView, meshOutOfView, viewFace } from './face-view.ts'
import { eyeDistance, fivePoints } from './landmarks.ts'
import { createFaceMesher } from './mesher.ts'
import { poseOf } from './pose.ts'
import { prominence, visibleArea } from './prominence.ts'
import { facePatch, PATCH_SIDE } from './quality/face-patch.ts'
import { measureQuality } from './quality/measure.ts'
import { createRecogniser, type Recogniser } from './recogniser.ts'

/** Everything that can be learnt about the face in a picture. One question at a time: its buffers are used again. */
export interface FaceAnalyser {
  /** Where the most prominent face is and how it is held. */
  locate(picture: Picture): Promise<FaceGeometry | FaceMissing>
  /** That face located, described and judged; `geometry` spares locating it again. */
  analyse(picture: Picture, geometry?: FaceGeometry): Promise<FaceAnalysis | FaceMissing>
  /** The quality of a located face's capture: what `analyse` says of it, without describing the face. */
  measure(picture: Picture, geometry: FaceGeometry): FaceQuality
  /** A located face judged, and described as far as telling it from another takes: a fraction of an analysis' cost. */
  glance(picture: Picture, geometry: FaceGeometry): Promise<FaceGlance>
  /** Compares two faces that this analyser described. */
  compare(a: FaceTemplate, b: FaceTemplate): FaceComparison
  /** Compares two that it glanced at. */
  compareGlances(a: FaceGlance, b: FaceGlance): FaceComparison
}

/** Below this distance of the eyes, in pixels, nothing that follows means anything. */
const MIN_EYE_DISTANCE = 12
/** Below this the mesh model says that the detector was wrong. */
const MIN_PRESENCE = 0.5

/** Throws the fault `model-missing` (installation) when a role of the face has no model. */
export function createFaceAnalyser(models: ModelSet): FaceAnalyser {
  const detect = createFaceDetector(required(models, 'face-detection')[0]!)
  const fitMesh = createFaceMesher(required(models, 'face-mesh')[0]!)
  const recognisers = required(models, 'face-recognition').map((model) => [model.id, createRecogniser(model)] as const)
  const fusion = requiredFusion(models)
  // Where nobody calibrated glances, they are whole looks.
  const glancers = fusion.glance ? glancersOf(models, fusion.glance) : recognisers
  const glanceFusion = fusion.glance ?? fusion
  const patch = new Float32Array(PATCH_SIDE * PATCH_SIDE)

  async function locate(picture: Picture): Promise<FaceGeometry | FaceMissing> {
    const faces = (await detect(picture))
      .filter((face) => area(face, picture) > 0)
      .toSorted((a, b) => prominence(b, picture) - prominence(a, picture))
    for (const face of faces) {
      const view = viewFace(picture, face.box)
      const { mesh, presence } = await fitMesh(view.picture, detectionInView(view, face))
      if (presence < MIN_PRESENCE || !mesh.every(Number.isFinite)) continue
      meshOutOfView(view, mesh)
      if (eyeDistance(mesh) < MIN_EYE_DISTANCE) return { reason: 'face-too-small' }
      const others = faces.filter((other) => other !== face)
      return {
        box: face.box,
        score: face.score,
        mesh,
        pose: poseOf(mesh),
        faces: faces.length,
        rival: others.reduce((largest, other) => Math.max(largest, area(other, picture) / area(face, picture)), 0),
      }
    }
    return { reason: 'no-face' }
  }

  async function analyse(picture: Picture, known?: FaceGeometry): Promise<FaceAnalysis | FaceMissing> {
    const geometry = known ?? (await locate(picture))
    if ('reason' in geometry) return geometry
    const { view, points } = closeUp(picture, geometry)
    const template = await describe(recognisers, view, points)
    return { geometry, template, quality: measureQuality(picture, geometry, facePatch(view.picture, points, patch)) }
  }

  async function glance(picture: Picture, geometry: FaceGeometry): Promise<FaceGlance> {
    const { view, points } = closeUp(picture, geometry)
    const likeness = await describe(glancers, view, points)
    return { geometry, likeness, quality: measureQuality(picture, geometry, facePatch(view.picture, points, patch)) }
  }

  function measure(picture: Picture, geometry: FaceGeometry): FaceQuality {
    const { view, points } = closeUp(picture, geometry)
    return measureQuality(picture, geometry, facePatch(view.picture, points, patch))
  }

  return {
    locate,
    analyse,
    measure,
    glance,
    compare: (a, b) => compareFaces(a, b, fusion),
    compareGlances: (a, b) => compareFaces(a.likeness, b.likeness, glanceFusion),
  }
}

type NamedRecogniser = readonly [id: string, describe: Recogniser]

async function describe(by: readonly NamedRecogniser[], view: FaceView, points: readonly Point[]) {
  const template: Record<string, Float32Array> = {}
  for (const [id, recognise] of by) template[id] = await recognise(view.picture, points)
  return template
}

/** The models that glances are compared by, without mirrored copies. */
function glancersOf(models: ModelSet, { terms }: Fusion): readonly NamedRecogniser[] {
  const all = models.all('face-recognition')
  return terms.map(({ model: id }) => {
    const model = all.find((one) => one.id === id)
    if (model) return [id, createRecogniser(model, false)]
    throw new Fault('manifest-invalid', 'installation', `glances are to be compared by ${id}, which does not serve`)
  })
}

/** The view of a located face, and its five points there. */
function closeUp(picture: Picture, { box, mesh }: FaceGeometry): { view: FaceView; points: readonly Point[] } {
  const view = viewFace(picture, box)
  return { view, points: fivePoints(mesh).map((point) => intoView(view, point)) }
}

function area({ box }: Detection, { width, height }: Picture): number {
  return visibleArea(box, width, height)
}

function detectionInView(view: FaceView, { box, points, score }: Detection): Detection {
  return {
    score,
    box: { ...intoView(view, box), width: box.width / view.factor, height: box.height / view.factor },
    points: points.map((point) => intoView(view, point)),
  }
}

function required(models: ModelSet, role: Role): readonly Model[] {
  const found = models.all(role)
  if (found.length === 0) throw new Fault('model-missing', 'installation', `there is no model for the role ${role}`)
  return found
}

function requiredFusion(models: ModelSet): Fusion {
  const fusion = models.fusion('face-recognition')
  if (!fusion) throw new Fault('face-uncalibrated', 'installation', 'the recognition models have no calibration')
  return fusion
}
