import { type Deviation, failed, indeterminate, type Outcome, passed } from '../check/index.ts'
import type { Certificate } from './certificate/index.ts'
import type { SecurityInfo } from './lds/index.ts'
import type { CardSecurityFile } from './security-object/index.ts'
import { verifySignedFile } from './signed-file.ts'
import type { TrustStore } from './trust/index.ts'

/** What EF.CardSecurity came to; its infos count only where the outcome is passed. */
export interface CardSecurityFinding {
  readonly outcome: Outcome
  readonly infos: readonly SecurityInfo[]
  readonly deviations: readonly Deviation[]
}

/**
 * EF.CardSecurity is genuine (ICAO 9303-11, 9.2.12 and 5.1): its signer leads to a trust anchor as EF.SOD's must, was valid
 * and is not revoked, and both are of one country. `signer` is EF.SOD's, where that is known.
 *
 * Failed: `card-security-not-authentic`; indeterminate: `card-security-not-trusted`; the evidence names the step and its
 * code.
 */
export function authenticateCardSecurity(
  file: CardSecurityFile,
  signer: Certificate | undefined,
  trust: TrustStore,
  at: Date,
): CardSecurityFinding {
  const { messageDigest, signature, certificationPath, signerValidity, revocation, ...signed } = verifySignedFile(
    file.signedData,
    'EF_CardSecurity',
    trust,
    at,
  )
  const steps = Object.entries({ messageDigest, signature, certificationPath, signerValidity })
  if (revocation.status === 'failed') steps.push(['revocation', revocation])
  const open = steps.filter(([, { status }]) => status !== 'passed')
  const decisive = open.find(([, { status }]) => status === 'failed') ?? open[0]
  // What is odd about the certificates is said of EF.SOD's already: chips have one signer for both.
  const own = signed.deviations.filter(({ where }) => where === 'EF_CardSecurity')
  return {
    outcome: decisive ? objection(...decisive) : sameCountry(signer, signed.signer),
    infos: file.infos,
    deviations: [...file.deviations, ...own],
  }
}

function objection(step: string, { status, code }: Outcome): Outcome {
  const evidence = { step, because: code }
  return status === 'failed'
    ? failed('card-security-not-authentic', evidence)
    : indeterminate('card-security-not-trusted', evidence)
}

/** A file of another state's chip has no place beside this passport. */
function sameCountry(passport: Certificate | undefined, card: Certificate | undefined): Outcome {
  const [ours, theirs] = [passport, card].map((signer) => (signer?.subject ?? signer?.issuer)?.country?.toUpperCase())
  return ours === undefined || theirs === undefined || ours === theirs
    ? passed()
    : failed('card-security-not-authentic', { step: 'country', because: 'country-mismatch' })
}
