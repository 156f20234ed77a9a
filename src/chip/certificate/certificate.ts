import { hash } from 'node:crypto'
import {
  bitStringOctets,
  contextTag,
  integerBytes,
  malformed,
  onlyChild,
  openTlv,
  TAG,
  type Tlv,
  timeOf,
} from '../der/index.ts'
import {
  type AlgorithmIdentifier,
  type PublicKey,
  readAlgorithmIdentifier,
  readMislabelledKey,
  readPublicKey,
} from '../signature/index.ts'
import { type Extensions, NO_EXTENSIONS, readExtensions } from './extensions.ts'
import { type Name, readName } from './name.ts'

/** Real certificates have 0.6 to 3 KB. */
export const MAX_CERTIFICATE_LENGTH = 64 * 1024

/**
 * An X.509 certificate (RFC 5280, 4.1; profile: ICAO 9303-12, 7). Reading one proves nothing: signature, validity and
 * purpose are judged where a path is built.
 */
export class Certificate {
  private cachedKey: PublicKey | undefined
  private cachedFingerprint: string | undefined
  private cachedValidity: { readonly notBefore: string; readonly notAfter: string } | undefined

  constructor(
    readonly encoding: Uint8Array,
    /** The octets that the issuer signed. */
    readonly signedBytes: Uint8Array,
    /** Without redundant leading octets, so that equal numbers have equal octets. */
    readonly serialNumber: Uint8Array,
    readonly issuer: Name,
    readonly subject: Name,
    readonly notBefore: Date,
    readonly notAfter: Date,
    private readonly keyInfo: Tlv,
    readonly extensions: Extensions,
    readonly innerAlgorithm: AlgorithmIdentifier,
    readonly outerAlgorithm: AlgorithmIdentifier,
    readonly signature: Uint8Array,
    /** Oddities of the encoding. */
    readonly deviations: readonly string[],
  ) {}

  /** The subject's key, imported when it is first asked for. Throws as `readPublicKey`. */
  get publicKey(): PublicKey {
    this.cachedKey ??= readPublicKey(this.keyInfo)
    return this.cachedKey
  }

  /** The key on another curve than the one that the certificate names; undefined where its point lies on none. */
  get mislabelledKey(): PublicKey | undefined {
    return readMislabelledKey(this.keyInfo)
  }

  /** From when to when, both included, in ISO 8601. */
  get validity(): { readonly notBefore: string; readonly notAfter: string } {
    this.cachedValidity ??= { notBefore: this.notBefore.toISOString(), notAfter: this.notAfter.toISOString() }
    return this.cachedValidity
  }

  /** SHA-256 of the whole encoding, hexadecimal. */
  get fingerprint(): string {
    this.cachedFingerprint ??= fingerprintOf(this.encoding)
    return this.cachedFingerprint
  }

  /** Issuer and subject are the same name; the signature may still be by another key (a link certificate). */
  get selfIssued(): boolean {
    return this.issuer.key === this.subject.key
  }

  /** The key's bits as SubjectPublicKeyInfo holds them: what a key identifier is usually the SHA-1 of. Throws a DER fault. */
  get publicKeyBits(): Uint8Array {
    const reader = this.keyInfo.reader()
    reader.next() // the algorithm
    return bitStringOctets(reader.next())
  }

  validAt(moment: Date): boolean {
    return this.notBefore <= moment && moment <= this.notAfter
  }
}

/**
 * Reads a certificate (RFC 5280, 4.1, in DER or BER) that fills its bytes. Throws `certificate-malformed` or another
 * `malformed` fault.
 */
export function readCertificate(bytes: Uint8Array): Certificate {
  const fields = openCertificate(bytes)
  const list = fields.extensions
  const extensions = list ? readExtensions(onlyChild(list, 'the extensions')) : NO_EXTENSIONS
  return new Certificate(
    bytes,
    fields.signedPart.encoding,
    minimal(integerBytes(fields.serialNumber)),
    readName(fields.issuer),
    readName(fields.subject),
    timeOf(fields.notBefore),
    timeOf(fields.notAfter),
    fields.keyInfo,
    extensions,
    readAlgorithmIdentifier(fields.innerAlgorithm),
    readAlgorithmIdentifier(fields.outerAlgorithm),
    bitStringOctets(fields.signature),
    fields.keyInfo.input.ber ? ['ber-encoding', ...extensions.deviations] : extensions.deviations,
  )
}

/**
 * The subject of a certificate (RFC 5280, 4.1.2.6) that fills its bytes; of its other fields no more is known than
 * where they are. Throws `certificate-malformed` or another `malformed` fault.
 */
export const readSubject = (bytes: Uint8Array): Name => readName(openCertificate(bytes).subject)

/** Where the fields of a certificate are (RFC 5280, 4.1); none is read yet. */
interface CertificateFields {
  readonly signedPart: Tlv
  readonly serialNumber: Tlv
  readonly innerAlgorithm: Tlv
  readonly issuer: Tlv
  readonly notBefore: Tlv
  readonly notAfter: Tlv
  readonly subject: Tlv
  readonly keyInfo: Tlv
  readonly extensions: Tlv | undefined
  readonly outerAlgorithm: Tlv
  readonly signature: Tlv
}

function openCertificate(bytes: Uint8Array): CertificateFields {
  if (bytes.length > MAX_CERTIFICATE_LENGTH) throw malformed('certificate-malformed', 'a certificate of that length')
  const root = openTlv(bytes, { ber: true })
  if (root.end !== bytes.length) throw malformed('certificate-malformed', 'a certificate is followed by other bytes')
  if (root.tag !== TAG.sequence) throw malformed('certificate-malformed', 'a certificate was expected')
  const outer = root.reader()
  const signedPart = outer.take(TAG.sequence, 'the signed part of a certificate')
  const outerAlgorithm = outer.next()
  const signature = outer.take(TAG.bitString, 'the signature of a certificate')
  outer.finish('a certificate')

  const reader = signedPart.reader()
  reader.takeOptional(contextTag(0)) // the version: it follows from what is there
  const serialNumber = reader.take(TAG.integer, 'the serial number')
  const innerAlgorithm = reader.next()
  const issuer = reader.next()
  const validity = reader.take(TAG.sequence, 'the validity').reader()
  const notBefore = validity.next()
  const notAfter = validity.next()
  validity.finish('the validity')
  const subject = reader.next()
  const keyInfo = reader.take(TAG.sequence, 'the public key')
  reader.takeOptional(0x81) // unique identifiers, which nobody uses
  reader.takeOptional(0x82)
  const extensions = reader.takeOptional(contextTag(3))
  reader.finish('the signed part of a certificate')
  return {
    signedPart,
    serialNumber,
    innerAlgorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    keyInfo,
    extensions,
    outerAlgorithm,
    signature,
  }
}

/** SHA-256 (FIPS 180-4) of a certificate's whole encoding, hexadecimal: what tells certificates apart here. */
export const fingerprintOf = (encoding: Uint8Array): string => hash('sha256', encoding, 'hex')

/** An INTEGER's octets without those that its two's complement does not need (X.690, 8.3.2). */
export function minimal(integer: Uint8Array): Uint8Array {
  let start = 0
  while (start < integer.length - 1) {
    const next = integer[start + 1]!
    const redundant = (integer[start] === 0 && next < 0x80) || (integer[start] === 0xff && next >= 0x80)
    if (!redundant) break
    start++
  }
  return integer.subarray(start)
}
