import { type Deviation, Fault, failed, type Outcome } from '../check/index.ts'
import type { Certificate } from './certificate/index.ts'
import type { LdsSecurityObject } from './cms/index.ts'
import { checkIssuerCountry } from './country/issuer-country.ts'
import type { ChipEvidence, PassiveCheck } from './report.ts'
import { readSignedHashes, type SecurityObjectFile, verifyDataGroupHashes } from './security-object/index.ts'
import { verifySignedFile } from './signed-file.ts'
import type { Tolerances } from './tolerance.ts'
import type { TrustStore } from './trust/index.ts'

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
  tolerances: Tolerances,
): PassiveFinding {
  // The content: what EF.SOD signs, and whether the data groups are what it lists.
  const content = readContent(sod)
  const hashes = content.object && verifyDataGroupHashes(files, content.object)

  // The signature over the content, and its signer; the country that the signer and those above it are of.
  const signed = verifySignedFile(sod.signedData, 'EF_SOD', trust, at, tolerances)
  const country = checkIssuerCountry(mrz, signed.path)

  const { messageDigest, signature, signer } = signed
  const holds = messageDigest.status === 'passed' && signature.status === 'passed'
  return {
    checks: {
      'chip.messageDigest': messageDigest,
      'chip.sodSignature': signature,
      'chip.dataGroupHashes': hashes?.outcome ?? failed(content.code!),
      'chip.certificationPath': signed.certificationPath,
      'chip.signerValidity': signed.signerValidity,
      'chip.revocation': signed.revocation,
      'chip.issuerCountry': country.outcome,
    },
    deviations: [
      ...[...new Set([...sod.deviations, ...content.deviations])].map((code): Deviation => ({ code, where: 'EF_SOD' })),
      ...signed.deviations,
      ...country.deviations,
      ...documentTypeOddity(mrz, signer),
      ...signingTimeOddities(signed.signingTime, signer, at),
    ],
    covered: holds && hashes ? hashes.verified : new Set(),
    ...(content.object && { object: content.object }),
    ...(signer && { signer }),
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

/** It was signed later than it is judged, or outside of the time that the certificate gives the key (9303-12, 7.1.1). */
function signingTimeOddities(signingTime: Date | undefined, signer: Certificate | undefined, at: Date): Deviation[] {
  if (!signingTime) return []
  const { notBefore, notAfter } = signer?.extensions.privateKeyUsage ?? {}
  const outside = (notBefore && signingTime < notBefore) || (notAfter && signingTime > notAfter)
  return [
    ...(signingTime > at ? [{ code: 'signing-time-in-future', where: 'EF_SOD' }] : []),
    ...(outside ? [{ code: 'private-key-usage-exceeded', where: 'DSC' }] : []),
  ]
}
