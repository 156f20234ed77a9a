export { ACTIVE_AUTHENTICATION_CHALLENGE_OCTETS, verifyActiveAuthentication } from './active-authentication.ts'
export { verifyChipAuthentication } from './chip-authentication.ts'
export { isMapping, verifyChipAuthenticationMapping } from './chip-authentication-mapping.ts'
export type { ProofFinding } from './finding.ts'
export {
  type AgreementOffer,
  agreementOffers,
  type BegunAgreement,
  beginAgreement,
  TERMINAL_SEED_OCTETS,
} from './terminal.ts'
