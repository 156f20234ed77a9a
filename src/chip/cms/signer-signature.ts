import { Fault } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import {
  type HashName,
  readHashAlgorithm,
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  type SignatureVerdict,
  verifySignature,
  withHash,
} from '../signature/index.ts'
import type { SignedData, SignerInfo } from './signed-data.ts'

/**
 * The signature of a SignerInfo under a certificate's key (RFC 5652, 5.6): over the signed attributes as they came, else
 * over the same in DER, else, where there are none, over the content. The algorithm is SignerInfo's, never
 * the certificate's. Codes of a refusal: those of `verifySignature`, `digest-algorithm-mismatch`, and those of faults in
 * the algorithm or the key.
 */
export function verifySignerSignature(
  data: SignedData,
  signer: SignerInfo,
  certificate: Certificate,
): SignatureVerdict {
  try {
    const digestHash = readHashAlgorithm(signer.digestAlgorithm)
    const algorithm = withHash(readSignatureAlgorithm(signer.signatureAlgorithm), digestHash)
    const mismatch = hashMismatch(algorithm, digestHash)
    if (mismatch === 'forbidden') return { valid: false, code: 'digest-algorithm-mismatch' }
    const verdict = verifyOver(data, signer, certificate, algorithm)
    if (!verdict.valid || mismatch === 'none') return verdict
    return { valid: true, deviations: [...verdict.deviations, 'pss-hash-defaulted'] }
  } catch (error) {
    if (error instanceof Fault) return { valid: false, code: error.code }
    throw error
  }
}

function verifyOver(
  { content }: SignedData,
  { attributes, signature }: SignerInfo,
  { publicKey }: Certificate,
  algorithm: SignatureAlgorithm,
): SignatureVerdict {
  if (!attributes) {
    return withDeviation(verifySignature(algorithm, publicKey, content, signature), 'no-signed-attrs')
  }
  const { received, der } = attributes
  const verdict = verifySignature(algorithm, publicKey, received, signature)
  if (!der || Buffer.compare(der, received) === 0) return verdict
  return withDeviation(
    verdict.valid ? verdict : verifySignature(algorithm, publicKey, der, signature),
    'signed-attrs-not-der',
  )
}

/**
 * Both identifiers must name one hash (RFC 4056, 3; RFC 5753, 2.1.1; RFC 5754, 3). PSS parameters that were left out
 * name SHA-1 by default only: signers that forget them are known, and the signature binds the digest all the same.
 */
function hashMismatch(algorithm: SignatureAlgorithm, digestHash: HashName): 'none' | 'defaulted' | 'forbidden' {
  if (algorithm.hash === digestHash) return 'none'
  return algorithm.kind === 'rsa-pss' && algorithm.defaulted ? 'defaulted' : 'forbidden'
}

const withDeviation = (verdict: SignatureVerdict, code: string): SignatureVerdict =>
  verdict.valid ? { valid: true, deviations: [...verdict.deviations, code] } : verdict
