import { createFaceAnalyser, type FaceTemplate } from '../../src/face/index.ts'
import type { Picture } from '../../src/image/index.ts'
import { openModels } from '../../src/onnx/index.ts'

/** A system that compares faces, as an evaluation sees it. */
export interface FaceSystem<Template = unknown> {
  readonly name: string
  /** Describes the face in a decoded picture; `undefined` when it finds none: a failure to acquire. */
  describe(picture: Picture): Promise<Template | undefined>
  /** Higher means more alike. */
  score(a: Template, b: Template): number
  /** From which score it takes two faces for one person, as shipped. */
  readonly threshold: number
  close(): Promise<void>
}

/** This project's own, with the models of this installation: the pack's where `GENKEND_MODELS` names one. */
export async function openGenkend(): Promise<FaceSystem<FaceTemplate>> {
  const models = await openModels({ roles: ['face-detection', 'face-mesh', 'face-recognition'] })
  const faces = createFaceAnalyser(models)
  const recognisers = models.all('face-recognition').map(({ id }) => id)
  const anyone = Object.fromEntries(recognisers.map((id) => [id, Float32Array.of(1)]))
  return {
    name: `genkend: ${recognisers.join(' + ')}`,
    async describe(picture) {
      const analysis = await faces.analyse(picture)
      return 'reason' in analysis ? undefined : analysis.template
    },
    score: (a, b) => faces.compare(a, b).similarity,
    threshold: faces.compare(anyone, anyone).threshold,
    close: () => models.close(),
  }
}
