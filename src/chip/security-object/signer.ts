import { type Deviation, failed, indeterminate, type Outcome, passed } from '../../check/index.ts'
import { type Certificate, fingerprintOf, readCertificate } from '../certificate/index.ts'
import { findSigners, type SignedData, type SignerInfo, verifySignerSignature } from '../cms/index.ts'
import type { Tolerances } from '../tolerance.ts'
import type { TrustStore } from '../trust/index.ts'

/** More certificates than this cannot sensibly answer to one signer identifier. */
const MAX_CANDIDATES = 4

/** What the signature came to, and the certificates that may have made it. */
export interface SignatureFinding {
  readonly outcome: Outcome
  /** Those whose key verifies the signature, or else those that the identifier means; best first. */
  readonly signers: readonly Certificate[]
  readonly embedded: readonly Certificate[]
  readonly deviations: readonly Deviation[]
}

/**
 * The signature of EF.SOD or EF.CardSecurity under the document signer's key (ICAO 9303-11, 5.1; RFC 5652, 5.6). `file`
 * names it in deviations. The signer is embedded, or
 * known to the trust store. Failed: `signer-info-count`, `signer-identifier-mismatch`, `signer-certificate-malformed`, and
 * the refusals of `verifySignerSignature`. Indeterminate: `signer-certificate-missing`.
 */
export function verifySecurityObjectSignature(
  data: SignedData,
  file: string,
  trust: TrustStore,
  tolerances: Tolerances,
): SignatureFinding {
  const embedded = readEmbedded(data, trust)
  const nothing = { signers: [], embedded, deviations: [] }
  const [signer, ...others] = data.signers
  if (!signer || others.length > 0) {
    return { ...nothing, outcome: failed('signer-info-count', { signers: data.signers.length }) }
  }
  const candidates = findSigners(signer.identifier, embedded, trust.knownCertificates).slice(0, MAX_CANDIDATES)
  if (candidates.length === 0) return { ...nothing, outcome: withoutCandidates(data, embedded) }

  const verdicts = candidates.map(({ certificate }) => verifySignerSignature(data, signer, certificate, tolerances))
  const holding = verdicts.findIndex(({ valid }) => valid)
  const verdict = verdicts[Math.max(holding, 0)]!
  if (!verdict.valid) {
    const signers = candidates.map(({ certificate }) => certificate)
    return { ...nothing, signers, outcome: failed(verdict.code, algorithmsOf(signer)) }
  }
  const chosen = candidates[holding]!
  const codes = [...chosen.deviations, ...verdict.deviations]
  return {
    outcome: passed(algorithmsOf(signer)),
    signers: candidates.filter((_, i) => verdicts[i]!.valid).map(({ certificate }) => certificate),
    embedded,
    deviations: codes.map((code) => ({ code, where: file })),
  }
}

/** The certificates that came along and can be read; one that was seen before keeps its imported key. */
function readEmbedded({ certificates }: SignedData, trust: TrustStore): Certificate[] {
  return certificates.flatMap((encoding) => {
    const known = trust.knownSigner(fingerprintOf(encoding))
    if (known) return [known]
    try {
      return [readCertificate(new Uint8Array(encoding))] // a copy: it may be remembered beyond the life of the file
    } catch {
      return [] // it cannot have signed; `withoutCandidates` says so when it was needed
    }
  })
}

function withoutCandidates({ certificates }: SignedData, embedded: readonly Certificate[]): Outcome {
  if (certificates.length > embedded.length) return failed('signer-certificate-malformed')
  return embedded.length > 0 ? failed('signer-identifier-mismatch') : indeterminate('signer-certificate-missing')
}

const algorithmsOf = ({ digestAlgorithm, signatureAlgorithm }: SignerInfo) => ({
  digestAlgorithm: digestAlgorithm.oid,
  signatureAlgorithm: signatureAlgorithm.oid,
})
