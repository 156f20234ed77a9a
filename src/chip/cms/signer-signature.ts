import { Fault } from '../../check/index.ts'
import type { Certificate } from '../certificate/index.ts'
import {
  type HashName,
  type PublicKey,
  readHashAlgorithm,
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  type SignatureVerdict,
  verifySignature,
  withHash,
} from '../signature/index.ts'
import { STRICT, type Tolerance, type Tolerances } from '../tolerance.ts'
import type { SignedData, SignerInfo } from './signed-data.ts'

/**
 * The signature of a SignerInfo under a certificate's key (RFC 5652, 5.6): over the signed attributes as they came, else
 * over the same in DER, else, where there are none, over the content. The algorithm is SignerInfo's, never
 * the certificate's. Codes of a refusal: those of `verifySignature`, `digest-algorithm-mismatch`, and those of faults in
 * the algorithm or the key. The deviations are those of signature and key, and the tolerances that were made use of.
 */
export function verifySignerSignature(
  data: SignedData,
  signer: SignerInfo,
  certificate: Certificate,
  tolerances: Tolerances = STRICT,
): SignatureVerdict {
  try {
    const digestHash = readHashAlgorithm(signer.digestAlgorithm)
    const algorithm = withHash(readSignatureAlgorithm(signer.signatureAlgorithm), digestHash)
    const mismatch = hashMismatch(algorithm, digestHash)
    if (mismatch === 'forbidden') return { valid: false, code: 'digest-algorithm-mismatch' }
    const { publicKey, tolerated } = keyOf(certificate, tolerances)
    const verdict = verifyTolerantly(data, signer, publicKey, algorithm, tolerances)
    if (!verdict.valid) return verdict
    const defaulted = mismatch === 'none' ? [] : ['pss-hash-defaulted']
    return { valid: true, deviations: [...verdict.deviations, ...defaulted, ...publicKey.deviations, ...tolerated] }
  } catch (error) {
    if (error instanceof Fault) return { valid: false, code: error.code }
    throw error
  }
}

/** The certificate's key; where that is tolerated, on the curve that its point lies on. */
function keyOf(certificate: Certificate, tolerances: Tolerances): { publicKey: PublicKey; tolerated: Tolerance[] } {
  try {
    return { publicKey: certificate.publicKey, tolerated: [] }
  } catch (error) {
    const publicKey = tolerances.has('ec-curve-mismatch') ? certificate.mislabelledKey : undefined
    if (!publicKey) throw error
    return { publicKey, tolerated: ['ec-curve-mismatch'] }
  }
}

function verifyTolerantly(
  data: SignedData,
  signer: SignerInfo,
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  tolerances: Tolerances,
): SignatureVerdict {
  const verdict = verifyOver(data, signer, key, algorithm)
  if (verdict.valid || algorithm.kind !== 'ecdsa' || !tolerances.has('ecdsa-signature-encoding')) return verdict
  const encoding = algorithm.encoding === 'der' ? 'plain' : 'der'
  return withDeviation(verifyOver(data, signer, key, { ...algorithm, encoding }), 'ecdsa-signature-encoding')
}

function verifyOver(
  { content }: SignedData,
  { attributes, signature }: SignerInfo,
  publicKey: PublicKey,
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
