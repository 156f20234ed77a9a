export { readEvidence, readJsonFile, readPicture } from './evidence-files.ts'
export { type ManifestLine, readManifestLine } from './manifest-line.ts'
export { readMoment } from './moment.ts'
export { type BatchOptions, type BatchProgress, runBatch } from './run-batch.ts'
