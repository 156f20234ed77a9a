export type { Name } from './certificate/index.ts'
export * from './report.ts'
export { openTrustStore, type TrustFile, type TrustStore } from './trust/index.ts'
export { verifyChip } from './verify-chip.ts'
