export { describeCertificate, type PathFinding, verifyCertificationPath } from './certification-path.ts'
export {
  type ImportedKind,
  type ImportedObject,
  importTrust,
  type SkippedObject,
  type TrustImport,
} from './import-trust.ts'
export { type MissingIssuer, missingIssuers } from './missing-issuer.ts'
export { checkRevocation } from './revocation.ts'
export { reportSigner, type SignerReport } from './signer-report.ts'
export { checkSignerValidity } from './signer-validity.ts'
export type { TrustFile } from './trust-file.ts'
export {
  type CertificateSummary,
  type MasterListSummary,
  type RevocationSummary,
  reportTrust,
  type TrustReport,
} from './trust-report.ts'
export { type Filed, openTrustStore, type SkippedFile, TrustStore } from './trust-store.ts'
