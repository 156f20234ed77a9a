export { type BegunChipAuthentication, beginChipAuthentication } from './begin-chip-authentication.ts'
export type { Name } from './certificate/index.ts'
export { TERMINAL_SEED_OCTETS } from './proof/index.ts'
export * from './report.ts'
export { STRICT, TOLERANCES, TOLERANT, type Tolerance, type Tolerances } from './tolerance.ts'
export {
  type ImportedKind,
  importTrust,
  type MissingIssuer,
  missingIssuers,
  openTrustStore,
  reportSigner,
  reportTrust,
  type SignerReport,
  type TrustFile,
  type TrustImport,
  type TrustReport,
  type TrustStore,
} from './trust/index.ts'
export { verifyChip } from './verify-chip.ts'
