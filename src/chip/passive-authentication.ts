import { type Deviation, Fault, failed, notPerformed, type Outcome } from '../check/index.ts'
import type { Certificate } from './certificate/index.ts'
import { type LdsSecurityObject, verifyMessageDigest } from './cms/index.ts'
import { checkIssuerCountry } from './country/issuer-country.ts'
import type { ChipEvidence, PassiveCheck } from './report.ts'
import {
  readSignedHashes,
  type SecurityObjectFile,
  verifyDataGroupHashes,
  verifySecurityObjectSignature,
} from './security-object/index.ts'
import { checkRevocation, checkSignerValidity, type TrustStore, verifyCertificationPath } from './trust/index.ts'

/** What passive authentication came to. */
export interface PassiveFinding {
  readonly checks: Readonly<Record<PassiveCheck, Outcome>>
  readonly deviations: readonly Deviation[]
  /** EF.SOD's list of hashes, where it can be read. */
  readonly object?: LdsSecurityObject
  /** Data groups whose hash agrees under a signature that holds. */
  readonly covered: ReadonlySet<number>
  readonly signer?: Certificate
}

/**
 * Passive authentication (ICAO 9303-11, 5.1), in its order: the hashes of the data groups, the signature of EF.SOD, the
 * signer's path to a trust anchor, its validity and revocation, and the country. Every step is performed as far as the
 * evidence allows, whatever became of the one before.
 */
export function authenticatePassively(
  sod: SecurityObjectFile,
  files: ChipEvidence['files'],
  mrz: readonly string[] | undefined,
  trust: TrustStore,
  at: Date,
): PassiveFinding {
  const { signedData } = sod
  const [signerInfo] = signedData.signers

  // The content: what EF.SOD signs, and whether the data groups are what it lists.
  const content = readContent(sod)
  const hashes = content.object && verifyDataGroupHashes(files, content.object)

  // The signature: over the content's digest, by the document signer.
  const messageDigest = signerInfo ? verifyMessageDigest(signedData, signerInfo) : notPerformed('signer-info-count')
  const signature = verifySecurityObjectSignature(signedData, trust)

  // The signer: its way to an anchor at the time of signing, its validity, its revocation.
  const signingTime = signerInfo?.attributes?.signingTime
  const times = { moment: signingTime ?? at, at }
  const findings = signature.signers.map((certificate) => ({
    certificate,
    ...verifyCertificationPath(certificate, times, trust, signature.embedded),
  }))
  const chosen = findings.find(({ path }) => path) ?? findings[0]
  const country = checkIssuerCountry(mrz, chosen ? (chosen.path ?? [chosen.certificate]) : [])

  const holds = messageDigest.status === 'passed' && signature.outcome.status === 'passed'
  const withoutSigner = notPerformed('no-signer')
  return {
    checks: {
      'chip.messageDigest': messageDigest,
      'chip.sodSignature': signature.outcome,
      'chip.dataGroupHashes': hashes?.outcome ?? failed(content.code!),
      'chip.certificationPath': chosen?.outcome ?? withoutSigner,
      'chip.signerValidity': chosen ? checkSignerValidity(chosen.certificate, signingTime, at) : withoutSigner,
      'chip.revocation': chosen ? checkRevocation(chosen.path ?? [chosen.certificate], at, trust) : withoutSigner,
      'chip.issuerCountry': country.outcome,
    },
    deviations: [
      ...[...new Set([...sod.deviations, ...content.deviations])].map((code): Deviation => ({ code, where: 'EF_SOD' })),
      ...signature.deviations,
      ...(chosen?.deviations ?? []),
      ...country.deviations,
      ...documentTypeOddity(mrz, chosen?.certificate),
      ...keyUsagePeriodOddity(signingTime, chosen?.certificate),
    ],
    covered: holds && hashes ? hashes.verified : new Set(),
    ...(content.object && { object: content.object }),
    ...(chosen && { signer: chosen.certificate }),
  }
}

function readContent({ signedData }: SecurityObjectFile): {
  object?: LdsSecurityObject
  code?: string
  deviations: readonly string[]
} {
  try {
    return readSignedHashes(signedData)
  } catch (error) {
    return { code: Fault.record(error).code, deviations: [] }
  }
}

/** A signer may be meant for some document codes alone (ICAO 9303-12, 7.1.1.6); states list them loosely. */
function documentTypeOddity(mrz: readonly string[] | undefined, signer: Certificate | undefined): Deviation[] {
  const types = signer?.extensions.documentTypes?.map((type) => type.replace(/<+$/, ''))
  const code = mrz?.[0]?.slice(0, 2).replace(/<+$/, '')
  if (!types || !code || types.includes(code)) return []
  return [{ code: 'dsc-document-type', where: 'DSC', evidence: { documentCode: code, documentTypes: types } }]
}

/** The signer's key signed outside of the time that its certificate gives it (ICAO 9303-12, 7.1.1). */
function keyUsagePeriodOddity(signingTime: Date | undefined, signer: Certificate | undefined): Deviation[] {
  const { notBefore, notAfter } = signer?.extensions.privateKeyUsage ?? {}
  const within = !signingTime || !((notBefore && signingTime < notBefore) || (notAfter && signingTime > notAfter))
  return within ? [] : [{ code: 'private-key-usage-exceeded', where: 'DSC' }]
}
