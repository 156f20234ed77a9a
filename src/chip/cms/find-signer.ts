import { Fault } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import { digest } from '../signature/index.ts'
import type { SignerIdentifier } from './signed-data.ts'

/** A certificate that may have signed, and what is odd about how it was found. */
export interface SignerCandidate {
  readonly certificate: Certificate
  readonly deviations: readonly string[]
}

/**
 * The certificates that a signer identifier can mean (RFC 5652, 5.3), best first: those that came along, then those of
 * the trust store. An identifier that matches nothing may still mean the only certificate that came along (the key
 * decides). Empty when there is none.
 */
export function findSigners(
  identifier: SignerIdentifier,
  embedded: readonly Certificate[],
  stored: readonly Certificate[],
): SignerCandidate[] {
  const matches = embedded.filter((certificate) => matchesIdentifier(certificate, identifier))
  if (matches.length > 0) return matches.map((certificate) => candidate(certificate, identifier))
  const known = stored.filter((certificate) => matchesIdentifier(certificate, identifier))
  if (known.length > 0) return known.map((certificate) => candidate(certificate, identifier, 'dsc-not-embedded'))
  const [only, ...others] = embedded
  return only && others.length === 0 ? [{ certificate: only, deviations: ['sid-mismatch-single-cert'] }] : []
}

/** Equal issuer (RFC 5280, 7.1) and serial number, or equal key identifier; SHA-1 of the key where it has none. */
function matchesIdentifier(certificate: Certificate, identifier: SignerIdentifier): boolean {
  if (identifier.kind === 'issuer-serial') {
    return (
      Buffer.compare(certificate.serialNumber, identifier.serialNumber) === 0 &&
      certificate.issuer.key === identifier.issuer.key
    )
  }
  const own = certificate.extensions.subjectKeyIdentifier ?? hashOfKey(certificate)
  return own !== undefined && Buffer.compare(own, identifier.keyIdentifier) === 0
}

/** Undefined where the certificate holds no key at all. */
function hashOfKey(certificate: Certificate): Uint8Array | undefined {
  try {
    return digest('sha1', certificate.publicKeyBits)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function candidate(certificate: Certificate, identifier: SignerIdentifier, ...deviations: string[]): SignerCandidate {
  const respelled =
    identifier.kind === 'issuer-serial' && Buffer.compare(certificate.issuer.encoding, identifier.issuer.encoding) !== 0
  return { certificate, deviations: respelled ? [...deviations, 'sid-dn-normalised-match'] : deviations }
}
