import { createFaceAnalyser, type FaceAnalyser } from '../face/index.ts'
import { createPassiveDetector, type PassiveDetector } from '../liveness/index.ts'
import { createMrzReader, type MrzReader } from '../mrz/index.ts'
import type { ModelSet } from '../onnx/index.ts'

/** What a verification measures with: the models of one thread, ready to run. */
export interface Instruments {
  readonly mrz: MrzReader
  readonly faces: FaceAnalyser
  /** Absent when no model serves the role `pad`. */
  readonly passive: PassiveDetector | undefined
  /** The models in use by role, `sha256:…`. */
  readonly models: Readonly<Record<string, string>>
  close(): Promise<void>
}

export function openInstruments(models: ModelSet): Instruments {
  return {
    mrz: createMrzReader(models),
    faces: createFaceAnalyser(models),
    passive: createPassiveDetector(models),
    models: models.identities,
    close: () => models.close(),
  }
}
