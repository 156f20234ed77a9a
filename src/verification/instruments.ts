import { calibratedFusion, createFaceAnalyser, type FaceAnalyser, type IdentifiedCalibration } from '../face/index.ts'
import { createPassiveDetector, type PassiveDetector } from '../liveness/index.ts'
import { createMrzReader, type MrzReader } from '../mrz/index.ts'
import type { Fusion, ModelSet } from '../onnx/index.ts'

/** What a verification measures with: the models of one thread, ready to run. */
export interface Instruments {
  readonly mrz: MrzReader
  readonly faces: FaceAnalyser
  /** How portrait and capture are compared: by the operator's calibration where there is one, else by the shipped one. */
  readonly portraitFusion: Fusion
  /** Absent when no model serves the role `pad`. */
  readonly passive: PassiveDetector | undefined
  /** The models in use by role, and the operator's calibration of faces, `sha256:…`. */
  readonly models: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** @throws Fault `calibration-of-other-models` (usage), `model-missing` and its kin (installation) */
export function openInstruments(models: ModelSet, own?: IdentifiedCalibration): Instruments {
  return {
    mrz: createMrzReader(models),
    faces: createFaceAnalyser(models),
    portraitFusion: calibratedFusion(models, own?.calibration),
    passive: createPassiveDetector(models),
    models: { ...models.identities, ...(own ? { 'face-calibration': own.id } : {}) },
    close: () => models.close(),
  }
}
