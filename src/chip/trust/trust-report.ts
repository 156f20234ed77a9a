import { type Evidence, Fault } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import type { RejectedEntry } from './listed-certificate.ts'
import { climb } from './path.ts'
import { suitsAsIssuer } from './purpose.ts'
import { isVerified } from './revocation.ts'
import type { Filed, SkippedFile, TrustStore } from './trust-store.ts'

/** A certificate of a store as people compare it; dates in ISO 8601, `problems` keep it from being of use. */
export interface CertificateSummary {
  readonly file: string
  readonly subject: string
  readonly country: string | null
  readonly serialNumber: string
  readonly keyIdentifier: string | null
  readonly notBefore: string
  readonly notAfter: string
  readonly sha256: string
  readonly deviations: readonly string[]
  readonly problems: readonly string[]
}

export interface RevocationSummary {
  readonly file: string
  readonly issuer: string
  readonly thisUpdate: string
  readonly nextUpdate: string | null
  readonly revoked: number
  /** A trusted authority signed it. */
  readonly verified: boolean
}

export interface MasterListSummary {
  readonly file: string
  readonly verdict: 'trusted' | 'untrusted'
  readonly code?: string
  /** How many of its certificates can be read. */
  readonly certificates: number
  readonly rejected: readonly RejectedEntry[]
  readonly deviations: readonly Evidence[]
}

/** What a trust store holds, what was skipped and why. */
export interface TrustReport {
  readonly anchors: readonly CertificateSummary[]
  readonly certificates: readonly CertificateSummary[]
  readonly crls: readonly RevocationSummary[]
  readonly masterLists: readonly MasterListSummary[]
  readonly skipped: readonly SkippedFile[]
}

/** Describes a store; `at` is when the certificates that are no anchors shall lead to one (RFC 5280, 6.1). */
export function reportTrust(store: TrustStore, at: Date): TrustReport {
  return {
    anchors: store.anchors.map((filed) => summarise(filed, anchorProblems(filed.object))),
    certificates: store.certificates.map((filed) => summarise(filed, pathProblems(filed.object, store, at))),
    crls: store.revocationLists.map(({ file, object }) => ({
      file,
      issuer: object.issuer.text,
      thisUpdate: object.thisUpdate.toISOString(),
      nextUpdate: object.nextUpdate?.toISOString() ?? null,
      revoked: object.revoked.size,
      verified: isVerified(object, store),
    })),
    masterLists: store.masterLists.map(({ file, object }) => ({
      file,
      verdict: object.verdict,
      ...(object.code !== undefined && { code: object.code }),
      certificates: object.certificates.length,
      rejected: object.rejected,
      deviations: object.deviations.map(({ code, where }) => ({ code, where })),
    })),
    skipped: store.skipped,
  }
}

function summarise({ file, object }: Filed<Certificate>, problems: readonly string[]): CertificateSummary {
  const { subject, serialNumber, extensions, notBefore, notAfter, fingerprint, deviations } = object
  return {
    file,
    subject: subject.text,
    country: subject.country ?? null,
    serialNumber: hex(serialNumber),
    keyIdentifier: extensions.subjectKeyIdentifier ? hex(extensions.subjectKeyIdentifier) : null,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    sha256: fingerprint,
    deviations,
    problems,
  }
}

/** What keeps an anchor from issuing anything: a key that cannot be used, or that it is no authority. */
function anchorProblems(anchor: Certificate): string[] {
  const { refusal } = suitsAsIssuer(anchor)
  const problems = refusal ? [refusal] : []
  try {
    anchor.publicKey
  } catch (error) {
    problems.push(Fault.record(error).code)
  }
  return problems
}

function pathProblems(certificate: Certificate, store: TrustStore, at: Date): string[] {
  const verdict = climb(certificate, { moment: at, at }, store)
  if (verdict.status === 'found') return []
  return [verdict.status === 'refused' ? verdict.code : 'issuer-unknown']
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
