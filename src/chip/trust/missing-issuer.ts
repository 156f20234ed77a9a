import type { Evidence } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import type { TrustStore } from './trust-store.ts'

/** As many of the country's anchors are named as a person can compare. */
const MAX_NAMED_ANCHORS = 8

/**
 * What is missing to complete a path (ICAO 9303-11, 5.1) that ends at `certificate`, in words and as data: whose
 * certificate is needed, with which key, and what the store has of that country.
 */
export function describeMissingIssuer(certificate: Certificate, store: TrustStore): Evidence {
  const { issuer, extensions } = certificate
  const keyIdentifier = extensions.authorityKeyIdentifier && hex(extensions.authorityKeyIdentifier)
  const country = issuer.country?.toUpperCase()
  const known = store.anchorsOf(country)
  const withKey = keyIdentifier ? ` with the key identifier ${keyIdentifier}` : ''
  return {
    missing: { subject: issuer.text, country: country ?? null, keyIdentifier: keyIdentifier ?? null },
    known: known.slice(0, MAX_NAMED_ANCHORS).map(describeAuthority),
    explanation:
      `The issuer of this certificate is missing: you need the CSCA certificate "${issuer.text}"${withKey}` +
      ` of ${country ?? 'an unnamed country'}. The trust store has ${known.length} of that country.`,
  }
}

/** An authority that certificates or lists of a store name as their issuer, and that the store does not have. */
export interface MissingIssuer {
  readonly subject: string
  readonly country: string | null
  /** How many certificates and revocation lists wait for it. */
  readonly needed: number
}

/**
 * Whose certificates a store lacks, the most wanted first. Names alone are compared (RFC 5280, 7.1); no signature is
 * verified.
 */
export function missingIssuers(store: TrustStore): MissingIssuer[] {
  const missing = new Map<string, MissingIssuer>()
  for (const { object } of [...store.certificates, ...store.revocationLists]) {
    const { issuer } = object
    if (store.issuersNamed(issuer.key).length > 0) continue
    const needed = (missing.get(issuer.key)?.needed ?? 0) + 1
    missing.set(issuer.key, { subject: issuer.text, country: issuer.country?.toUpperCase() ?? null, needed })
  }
  return [...missing.values()].sort((a, b) => b.needed - a.needed)
}

function describeAuthority({ subject, extensions, notBefore, notAfter }: Certificate): Evidence {
  return {
    subject: subject.text,
    keyIdentifier: extensions.subjectKeyIdentifier ? hex(extensions.subjectKeyIdentifier) : null,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
