import { createHash } from 'node:crypto'
import { context, integer, octetString, oid, sequence, setOf, tagged, utcTime } from '../pki/asn1.ts'
import { encodeName } from '../pki/certificate.ts'
import type { DocumentSigner } from '../pki/signing-authority.ts'
import { hashAlgorithm } from '../pki/signing-key.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

/**
 * EF.SOD: the hashes of the data groups, signed by the document signer (ICAO 9303-10, 4.6.2; RFC 5652). `dataGroups` are
 * the files by number.
 */
export function writeSecurityObject(
  dataGroups: ReadonlyMap<number, Uint8Array>,
  signer: DocumentSigner,
  signingTime: Date,
): Buffer {
  const { hash } = signer.key
  const content = ldsSecurityObject(dataGroups, hash)
  const attributes = [
    sequence(oid(CONTENT_TYPE), setOf(oid(LDS_SECURITY_OBJECT))),
    sequence(oid(SIGNING_TIME), setOf(utcTime(signingTime))),
    sequence(oid(MESSAGE_DIGEST), setOf(octetString(digest(hash, content)))),
  ]
  const signedAttributes = setOf(...attributes)
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
    sequence(oid(LDS_SECURITY_OBJECT), context(0, octetString(content))),
    context(0, signer.certificate),
    setOf(signerInfo),
  )
  return tagged(0x77, sequence(oid(SIGNED_DATA), context(0, signedData)))
}

/** LDSSecurityObject, version 0: one hash for each data group, in ascending order. */
function ldsSecurityObject(dataGroups: ReadonlyMap<number, Uint8Array>, hash: DocumentSigner['key']['hash']): Buffer {
  const hashes = [...dataGroups]
    .sort(([a], [b]) => a - b)
    .map(([number, file]) => sequence(integer(number), octetString(digest(hash, file))))
  return sequence(integer(0), hashAlgorithm(hash), sequence(...hashes))
}

const digest = (hash: string, bytes: Uint8Array) => createHash(hash).update(bytes).digest()

/** The signed attributes are hashed as a SET and stored as `[0]` (RFC 5652, 5.4). */
function retagged(tag: number, element: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag), element.subarray(1)])
}
