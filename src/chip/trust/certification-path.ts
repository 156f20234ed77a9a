import { type Evidence, failed, indeterminate, passed } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import { describeMissingIssuer } from './missing-issuer.ts'
import { findPath, type PathTimes, type PathVerdict } from './path.ts'
import type { PathFinding } from './path-finding.ts'
import type { TrustStore } from './trust-store.ts'

/** Certificates that came with a document and may help on the way to an anchor: link certificates, at most. */
const MAX_EMBEDDED_ISSUERS = 8

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
  const remembered = rememberedPath(signer, times, store)
  if (remembered) return remembered
  const verdict = searchPath(signer, times, store, embedded)
  switch (verdict.status) {
    case 'found': {
      const { certificates, deviations } = verdict.path
      const outcome = passed({ path: certificates.map(describeCertificate) })
      const finding = { outcome, path: certificates, deviations }
      store.rememberSigner(signer, finding)
      return finding
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

/** A remembered path stands for good, except that its authorities must be valid at this document's time. */
function rememberedPath(signer: Certificate, { moment }: PathTimes, store: TrustStore): PathFinding | undefined {
  const finding = store.knownSigner(signer.fingerprint)?.finding
  if (!finding?.path) return undefined
  const [, ...authorities] = finding.path
  return moment && !authorities.every((authority) => authority.validAt(moment)) ? undefined : finding
}

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
    issuersNamed: (key) => [...store.issuersNamed(key), ...helpers.filter(({ subject }) => subject.key === key)],
  })
}
