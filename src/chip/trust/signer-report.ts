import type { Evidence, Outcome } from '../../check/index.ts'
import { readCertificate } from '../certificate/index.ts'
import { verifyCertificationPath } from './certification-path.ts'
import { checkRevocation } from './revocation.ts'
import { checkSignerValidity } from './signer-validity.ts'
import { derObjects } from './trust-file.ts'
import type { TrustStore } from './trust-store.ts'

/** What a trust store says of a document signer's certificate, with a verdict as for a document. */
export interface SignerReport {
  readonly verdict: 'accepted' | 'rejected' | 'undecided'
  /** From the signer to the anchor; the signer alone where there is no path. */
  readonly path: readonly Evidence[]
  /** `check/code` of what stands between this and accepted. */
  readonly reasons: readonly string[]
  /** Whose certificate is missing, where one is. */
  readonly explanation?: string
}

/**
 * Judges a certificate (DER or PEM; the first, where a file holds several) as the signer of a document that was signed
 * at `at` (ICAO 9303-11, 5.1). Throws a `malformed` fault when it is no certificate.
 */
export function reportSigner(bytes: Uint8Array, store: TrustStore, at: Date): SignerReport {
  const signer = readCertificate(derObjects(bytes)[0]!)
  const finding = verifyCertificationPath(signer, { moment: at, at }, store, [])
  const path = finding.path ?? [signer]
  const required: [string, Outcome][] = [
    ['chip.certificationPath', finding.outcome],
    ['chip.signerValidity', checkSignerValidity(signer, undefined, at)],
  ]
  const revocation = checkRevocation(path, at, store)
  const objections = required.filter(([, { status }]) => status !== 'passed')
  if (revocation.status === 'failed') objections.push(['chip.revocation', revocation])
  const rejected = objections.some(([, { status }]) => status === 'failed')
  const { explanation } = finding.outcome.evidence
  return {
    verdict: rejected ? 'rejected' : objections.length > 0 ? 'undecided' : 'accepted',
    path: path.map(({ subject, serialNumber, fingerprint, notBefore, notAfter }) => ({
      subject: subject.text,
      serialNumber: Buffer.from(serialNumber).toString('hex'),
      sha256: fingerprint,
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
    })),
    reasons: objections.map(([check, { code }]) => `${check}/${code}`),
    ...(typeof explanation === 'string' && { explanation }),
  }
}
