export type { Name } from './certificate/index.ts'
export * from './report.ts'
export {
  openTrustStore,
  reportSigner,
  reportTrust,
  type SignerReport,
  type TrustFile,
  type TrustReport,
  type TrustStore,
} from './trust/index.ts'
export { verifyChip } from './verify-chip.ts'
