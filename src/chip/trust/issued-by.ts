import { Fault } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import { readSignatureAlgorithm, type SignatureVerdict, verifySignature } from '../signature/index.ts'

/**
 * Whether `issuer`'s key signed `certificate` (RFC 5280, 4.1.1.2 and 6.1.3 a 1). Both places of the certificate that name
 * the algorithm must agree to the octet. Codes of a refusal: `certificate-algorithm-mismatch`, those of
 * `verifySignature`, and those of faults in the algorithm or the key.
 */
export function verifyIssuedBy(certificate: Certificate, issuer: Certificate): SignatureVerdict {
  const { innerAlgorithm, outerAlgorithm, signedBytes, signature } = certificate
  if (Buffer.compare(innerAlgorithm.encoding, outerAlgorithm.encoding) !== 0) {
    return { valid: false, code: 'certificate-algorithm-mismatch' }
  }
  try {
    return verifySignature(readSignatureAlgorithm(outerAlgorithm), issuer.publicKey, signedBytes, signature)
  } catch (error) {
    if (error instanceof Fault) return { valid: false, code: error.code }
    throw error
  }
}

/**
 * Verdicts of `verifyIssuedBy`, so that a signer that comes again costs no signature. They depend on nothing but the two
 * certificates, and go with them.
 */
export class Issuances {
  private readonly verdicts = new WeakMap<Certificate, WeakMap<Certificate, SignatureVerdict>>()

  verdict(certificate: Certificate, issuer: Certificate): SignatureVerdict {
    const known = this.verdicts.get(certificate) ?? new WeakMap<Certificate, SignatureVerdict>()
    const verdict = known.get(issuer) ?? verifyIssuedBy(certificate, issuer)
    this.verdicts.set(certificate, known.set(issuer, verdict))
    return verdict
  }
}
