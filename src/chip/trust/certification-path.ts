import { type Deviation, type Evidence, failed, indeterminate, type Outcome, passed } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import { describeMissingIssuer } from './missing-issuer.ts'
import { findPath, type PathTimes, type PathVerdict } from './path.ts'
import type { TrustStore } from './trust-store.ts'

/** Certificates that came with a document and may help on the way to an anchor: link certificates, at most. */
const MAX_EMBEDDED_ISSUERS = 4

/** The outcome, and the certificates from signer to anchor when there is a path. */
export interface PathFinding {
  readonly outcome: Outcome
  readonly path?: readonly Certificate[]
  readonly deviations: readonly Deviation[]
}

/**
 * The document signer leads to a trust anchor (ICAO 9303-11, 5.1; 9303-12, 7.1). Failed: the refusals of `findPath`.
 * Indeterminate: `trust-store-empty`; `issuer-unknown`, with whose certificate is missing. Certificates in `embedded`
 * came with the document: they are never anchors.
 */
export function verifyCertificationPath(
  signer: Certificate,
  times: PathTimes,
  store: TrustStore,
  embedded: readonly Certificate[],
): PathFinding {
  if (store.empty) return { outcome: indeterminate('trust-store-empty'), deviations: [] }
  const verdict = searchPath(signer, times, store, embedded)
  switch (verdict.status) {
    case 'found': {
      const { certificates, deviations } = verdict.path
      const outcome = passed({ path: certificates.map(describeCertificate) })
      store.rememberSigner(signer)
      return { outcome, path: certificates, deviations }
    }
    case 'refused':
      return {
        outcome: failed(verdict.code, { certificate: describeCertificate(verdict.certificate) }),
        deviations: [],
      }
    case 'incomplete':
      return {
        outcome: indeterminate('issuer-unknown', describeMissingIssuer(verdict.certificate, store)),
        deviations: [],
      }
  }
}

/**
 * What identifies a certificate to people: subject (RFC 5280, 4.1.2.6), serial number and SHA-256, both hexadecimal.
 */
export const describeCertificate = ({ subject, serialNumber, fingerprint }: Certificate): Evidence => ({
  subject: subject.text,
  serialNumber: Buffer.from(serialNumber).toString('hex'),
  sha256: fingerprint,
})

function searchPath(
  signer: Certificate,
  times: PathTimes,
  store: TrustStore,
  embedded: readonly Certificate[],
): PathVerdict {
  const helpers = embedded
    .filter((certificate) => certificate.extensions.basicConstraints?.ca)
    .slice(0, MAX_EMBEDDED_ISSUERS)
  return findPath(signer, 'document-signer', times, {
    isAnchor: (certificate) => store.isAnchor(certificate),
    issuances: store.issuances,
    issuersNamed: (key) => [...store.issuersNamed(key), ...helpers.filter(({ subject }) => subject.key === key)],
  })
}
