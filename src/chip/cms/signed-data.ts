import { minimal, type Name, readName } from '../certificate/index.ts'
import {
  contextPrimitiveTag,
  contextTag,
  integerBytes,
  malformed,
  octetsOf,
  oidOf,
  onlyChild,
  openTlv,
  smallInteger,
  TAG,
  type Tlv,
} from '../der/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../signature/index.ts'
import { readSignedAttributes, type SignedAttributes } from './signed-attributes.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
/** Security objects carry one or two certificates, master lists two or three. */
const MAX_CERTIFICATES = 64
const MAX_SIGNERS = 16

/** SignedData (RFC 5652, 5.1) as it stands: nothing is verified yet. */
export interface SignedData {
  /** eContentType, dotted. */
  readonly contentType: string
  /** The octets of eContent: what was digested. */
  readonly content: Uint8Array
  /** Encodings of the X.509 certificates that came along; none of them is trusted for that. */
  readonly certificates: readonly Uint8Array[]
  readonly signers: readonly SignerInfo[]
  readonly deviations: readonly string[]
}

/** SignerInfo (RFC 5652, 5.3). */
export interface SignerInfo {
  readonly identifier: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly attributes: SignedAttributes | undefined
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

/** Which certificate signed: by issuer and serial number (`minimal` octets), or by subject key identifier. */
export type SignerIdentifier =
  | { readonly kind: 'issuer-serial'; readonly issuer: Name; readonly serialNumber: Uint8Array }
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: Uint8Array }

/**
 * Reads a ContentInfo that holds SignedData (RFC 5652, 3 and 5.1), in DER or BER. Zeros behind it come from files of
 * fixed size and are noted. Throws `signed-data-malformed`, `trailing-data`, or a DER fault.
 */
export function readSignedData(bytes: Uint8Array): SignedData {
  const root = openTlv(bytes, { ber: true })
  if (root.tag !== TAG.sequence) throw malformed('signed-data-malformed', 'a ContentInfo was expected')
  const info = root.reader()
  const type = oidOf(info.next())
  if (type !== SIGNED_DATA) throw malformed('signed-data-malformed', `SignedData was expected, not ${type}`)
  const reader = onlyChild(info.take(contextTag(0), 'the content'), 'the content').reader()
  info.finish('a ContentInfo')

  smallInteger(reader.take(TAG.integer, 'the version of SignedData'))
  reader.take(TAG.set, 'the digest algorithms')
  const { contentType, content } = readEncapsulated(reader.take(TAG.sequence, 'the encapsulated content'))
  const certificates = certificatesOf(reader.takeOptional(contextTag(0)))
  reader.takeOptional(contextTag(1)) // revocation lists come from the trust store, never from the document
  const signers = reader.take(TAG.set, 'the signers').children()
  reader.finish('SignedData')
  if (signers.length > MAX_SIGNERS) throw malformed('signed-data-malformed', 'too many signers')
  const padded = isZeroPadded(bytes, root.end)
  const infos = signers.map(readSignerInfo)
  return {
    contentType,
    content,
    certificates,
    signers: infos,
    deviations: [
      ...(root.input.ber ? ['ber-encoding'] : []),
      ...(padded ? ['trailing-bytes'] : []),
      ...infos.flatMap(({ attributes }) => attributes?.deviations ?? []),
    ],
  }
}

/**
 * Whether zeros follow from the offset `end` on, as in an elementary file of fixed size (ISO/IEC 7816-4). Throws
 * `trailing-data` when anything else does.
 */
export function isZeroPadded(bytes: Uint8Array, end: number): boolean {
  for (let i = end; i < bytes.length; i++) {
    if (bytes[i] !== 0) throw malformed('trailing-data', 'the message goes on behind its end')
  }
  return end < bytes.length
}

/** EncapsulatedContentInfo (RFC 5652, 5.2). PKCS #7 wrote the content without its OCTET STRING; no state does. */
function readEncapsulated(element: Tlv): Pick<SignedData, 'contentType' | 'content'> {
  const reader = element.reader()
  const contentType = oidOf(reader.next())
  const explicit = reader.take(contextTag(0), 'the signed content')
  reader.finish('the encapsulated content')
  return { contentType, content: octetsOf(onlyChild(explicit, 'the signed content')) }
}

/** CertificateSet: X.509 certificates are the untagged choice, the others are obsolete kinds. */
function certificatesOf(set: Tlv | undefined): Uint8Array[] {
  const all = set?.children() ?? []
  if (all.length > MAX_CERTIFICATES) throw malformed('signed-data-malformed', 'too many certificates')
  return all.filter(({ tag }) => tag === TAG.sequence).map(({ encoding }) => encoding)
}

function readSignerInfo(element: Tlv): SignerInfo {
  if (element.tag !== TAG.sequence) throw malformed('signed-data-malformed', 'a SignerInfo was expected')
  const reader = element.reader()
  smallInteger(reader.take(TAG.integer, 'the version of a SignerInfo'))
  const identifier = readIdentifier(reader.next())
  const digestAlgorithm = readAlgorithmIdentifier(reader.next())
  const attributes = reader.takeOptional(contextTag(0))
  const signatureAlgorithm = readAlgorithmIdentifier(reader.next())
  const signature = octetsOf(reader.next())
  reader.takeOptional(contextTag(1)) // unsigned attributes prove nothing
  reader.finish('a SignerInfo')
  return {
    identifier,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    attributes: attributes && readSignedAttributes(attributes),
  }
}

function readIdentifier(element: Tlv): SignerIdentifier {
  if (element.tag === contextPrimitiveTag(0)) return { kind: 'key-identifier', keyIdentifier: element.value }
  // Some encoders make the key identifier an explicit tag around its OCTET STRING.
  if (element.tag === contextTag(0)) {
    return { kind: 'key-identifier', keyIdentifier: octetsOf(onlyChild(element, 'a key identifier')) }
  }
  const reader = element.reader()
  const issuer = readName(reader.next())
  const serialNumber = minimal(integerBytes(reader.next()))
  reader.finish('a signer identifier')
  return { kind: 'issuer-serial', issuer, serialNumber }
}
