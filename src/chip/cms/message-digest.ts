import { Fault, failed, type Outcome, passed } from '../../check/index.ts'
import { hasDigest, readHashAlgorithm } from '../signature/index.ts'
import type { SignedData, SignerInfo } from './signed-data.ts'

/**
 * The signed attributes speak of this content (RFC 5652, 5.4 and 5.6; ICAO 9303-11, 5.1): its type and its digest.
 * Without signed attributes the signature covers the content itself and there is nothing to compare.
 * Codes: `hash-unsupported`, `signed-attribute-ambiguous`, `content-type-missing`, `content-type-mismatch`,
 * `message-digest-missing`, `message-digest-mismatch`.
 */
export function verifyMessageDigest({ contentType, content }: SignedData, signer: SignerInfo): Outcome {
  const { attributes } = signer
  if (!attributes) return passed({ signedAttributes: false })
  if (attributes.ambiguous) return failed('signed-attribute-ambiguous')
  if (attributes.contentType === undefined) return failed('content-type-missing')
  if (attributes.contentType !== contentType) return failed('content-type-mismatch')
  if (!attributes.messageDigest) return failed('message-digest-missing')
  try {
    const hash = readHashAlgorithm(signer.digestAlgorithm)
    const agrees = hasDigest(hash, content, attributes.messageDigest)
    return agrees ? passed({ hash }) : failed('message-digest-mismatch', { hash })
  } catch (error) {
    if (error instanceof Fault) return failed(error.code)
    throw error
  }
}
