import { createHash } from 'node:crypto'
import { context, integer, octetString, oid, sequence, setOf, utcTime } from './asn1.ts'
import { encodeName } from './certificate.ts'
import type { DocumentSigner } from './signing-authority.ts'
import { hashAlgorithm } from './signing-key.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

/**
 * A ContentInfo with SignedData (RFC 5652, 5): `content` of the type given (dotted), signed attributes with its digest and
 * the signing time, the signer's certificate and further `certificates`.
 */
export function signMessage(
  contentType: string,
  content: Uint8Array,
  signer: DocumentSigner,
  signingTime: Date,
  certificates: readonly Uint8Array[] = [],
): Buffer {
  const { hash } = signer.key
  const signedAttributes = setOf(
    sequence(oid(CONTENT_TYPE), setOf(oid(contentType))),
    sequence(oid(SIGNING_TIME), setOf(utcTime(signingTime))),
    sequence(oid(MESSAGE_DIGEST), setOf(octetString(createHash(hash).update(content).digest()))),
  )
  const signerInfo = sequence(
    integer(1),
    sequence(encodeName(signer.issuer), integer(signer.serialNumber)),
    hashAlgorithm(hash),
    retagged(0xa0, signedAttributes),
    signer.key.algorithm,
    octetString(signer.key.sign(signedAttributes)),
  )
  const signedData = sequence(
    integer(3),
    setOf(hashAlgorithm(hash)),
    sequence(oid(contentType), context(0, octetString(content))),
    context(0, signer.certificate, ...certificates),
    setOf(signerInfo),
  )
  return sequence(oid(SIGNED_DATA), context(0, signedData))
}

/** The signed attributes are hashed as a SET and stored as `[0]` (RFC 5652, 5.4). */
function retagged(tag: number, element: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag), element.subarray(1)])
}
