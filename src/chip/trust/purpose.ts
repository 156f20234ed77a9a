import type { Certificate } from '../certificate/index.ts'

/** What an end entity's certificate is used for here. */
export type Purpose = 'document-signer' | 'master-list-signer'

const ANY_PURPOSE = '2.5.29.37.0'
const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'
const MASTER_LIST_SIGNING = '2.23.136.1.1.3'

/** `refusal` says why a certificate may not be used so; undefined when it may. */
export interface Suitability {
  readonly refusal?: string
  readonly deviations: readonly string[]
}

/**
 * Whether a certificate may sign documents or master lists (ICAO 9303-12, 7.1; RFC 5280, 4.2.1.3, 4.2.1.9, 4.2.1.12).
 * A document signer has no extended key usage; one that names other purposes excludes this one, critical or not. A
 * master list signer must name its own. Refusals: `critical-extension-unknown`, `signer-is-ca`, `signer-key-usage`,
 * `signer-extended-key-usage`.
 */
export function suitsAsSigner({ extensions }: Certificate, purpose: Purpose): Suitability {
  const { unknownCritical, basicConstraints, keyUsage, extendedKeyUsage } = extensions
  if (unknownCritical.length > 0) return refuse('critical-extension-unknown')
  if (basicConstraints?.ca) return refuse('signer-is-ca')
  if (keyUsage && !keyUsage.digitalSignature) return refuse('signer-key-usage')
  const purposeHolds =
    purpose === 'master-list-signer'
      ? extendedKeyUsage?.includes(MASTER_LIST_SIGNING)
      : !extendedKeyUsage || extendedKeyUsage.some((oid) => oid === ANY_PURPOSE || oid === LDS_SECURITY_OBJECT)
  if (!purposeHolds) return refuse('signer-extended-key-usage')
  return { deviations: keyUsage ? [] : ['key-usage-missing'] }
}

/**
 * Whether a certificate may issue others: it says that it is an authority, and names no critical purpose beside that
 * (ICAO 9303-12, 7.1.1; RFC 5280, 4.2.1.3, 4.2.1.9, 4.2.1.12). Refusals: `critical-extension-unknown`, `issuer-is-no-ca`,
 * `issuer-key-usage`, `issuer-extended-key-usage`.
 */
export function suitsAsIssuer({ extensions }: Certificate): Suitability {
  const { unknownCritical, basicConstraints, keyUsage, extendedKeyUsage, purposesCritical } = extensions
  if (unknownCritical.length > 0) return refuse('critical-extension-unknown')
  if (!basicConstraints?.ca) return refuse('issuer-is-no-ca')
  if (keyUsage && !keyUsage.keyCertSign) return refuse('issuer-key-usage')
  if (purposesCritical && !extendedKeyUsage?.includes(ANY_PURPOSE)) return refuse('issuer-extended-key-usage')
  return { deviations: keyUsage ? [] : ['key-usage-missing'] }
}

const refuse = (refusal: string): Suitability => ({ refusal, deviations: [] })
