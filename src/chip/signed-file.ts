import { type Deviation, notPerformed, type Outcome } from '../check/index.ts'
import type { Certificate } from './certificate/index.ts'
import { type SignedData, verifyMessageDigest } from './cms/index.ts'
import { verifySecurityObjectSignature } from './security-object/index.ts'
import { STRICT, type Tolerances } from './tolerance.ts'
import { checkRevocation, checkSignerValidity, type TrustStore, verifyCertificationPath } from './trust/index.ts'

/** What became of a file that a document signer signed, step by step. */
export interface SignedFileFinding {
  readonly messageDigest: Outcome
  readonly signature: Outcome
  readonly certificationPath: Outcome
  readonly signerValidity: Outcome
  readonly revocation: Outcome
  readonly signer?: Certificate
  /** From the signer to its anchor; the signer alone where no path was found, nobody where there is no signer. */
  readonly path: readonly Certificate[]
  readonly signingTime?: Date
  readonly deviations: readonly Deviation[]
}

/**
 * Verifies a signed file, EF.SOD or EF.CardSecurity (ICAO 9303-11, 5.1; RFC 5652, 5.6): the digest of its content, the
 * signature, the signer's path to a trust anchor at the time of signing, its validity and its revocation. Every step is
 * performed as far as the file allows, whatever became of the one before. `at` is when it is judged.
 */
export function verifySignedFile(
  data: SignedData,
  file: string,
  trust: TrustStore,
  at: Date,
  tolerances: Tolerances = STRICT,
): SignedFileFinding {
  const [signerInfo] = data.signers
  const messageDigest = signerInfo ? verifyMessageDigest(data, signerInfo) : notPerformed('signer-info-count')
  const signature = verifySecurityObjectSignature(data, file, trust, tolerances)

  const signingTime = signerInfo?.attributes?.signingTime
  const times = { moment: signingTime ?? at, at }
  const findings = signature.signers.map((certificate) => ({
    certificate,
    ...verifyCertificationPath(certificate, times, trust, signature.embedded),
  }))
  const chosen = findings.find(({ path }) => path) ?? findings[0]
  const withoutSigner = notPerformed('no-signer')
  if (!chosen) {
    return {
      messageDigest,
      signature: signature.outcome,
      certificationPath: withoutSigner,
      signerValidity: withoutSigner,
      revocation: withoutSigner,
      path: [],
      deviations: signature.deviations,
    }
  }
  const path = chosen.path ?? [chosen.certificate]
  return {
    messageDigest,
    signature: signature.outcome,
    certificationPath: chosen.outcome,
    signerValidity: checkSignerValidity(chosen.certificate, signingTime, at),
    revocation: checkRevocation(path, at, trust),
    signer: chosen.certificate,
    path,
    ...(signingTime && { signingTime }),
    deviations: [...signature.deviations, ...chosen.deviations],
  }
}
