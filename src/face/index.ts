export { createFaceAnalyser, type FaceAnalyser } from './analyser.ts'
export type {
  Box,
  CaptureJudgement,
  FaceAnalysis,
  FaceComparison,
  FaceGeometry,
  FaceGlance,
  FaceMissing,
  FaceQuality,
  FaceTemplate,
  Pose,
} from './analysis.ts'
export { type CalibrationOptions, type CalibrationPair, calibrate } from './calibrate.ts'
export {
  calibratedFusion,
  type FaceCalibration,
  faceModels,
  type IdentifiedCalibration,
  MAX_CALIBRATION_BYTES,
  readCalibration,
} from './calibration.ts'
export { judgeCapture } from './capture.ts'
export { compareFaces, falseMatchRate, fuse } from './compare.ts'
export {
  distance,
  eyeAspectRatio,
  eyeCentres,
  eyeDistance,
  fivePoints,
  MESH,
  MESH_POINTS,
  MESH_VALUES,
  meshPoint,
  midpoint,
} from './landmarks.ts'
export { portraitSquare } from './portrait-square.ts'
export { poseOf } from './pose.ts'
