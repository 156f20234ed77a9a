import {
  bitString,
  boolean,
  context,
  contextOctets,
  contextTime,
  integer,
  namedBits,
  octetString,
  oid,
  printableString,
  sequence,
  setOf,
  utcTime,
  utf8String,
} from './asn1.ts'
import type { SigningKey } from './signing-key.ts'

/** Who a certificate is about. */
export interface Subject {
  /** ISO 3166, two letters. */
  readonly country: string
  readonly organisation: string
  readonly commonName: string
}

/** From when to when, both included. */
export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

export interface CertificateRequest {
  readonly subject: Subject
  readonly publicKey: Uint8Array
  readonly serialNumber: Uint8Array
  readonly validity: Validity
  readonly extensions: readonly Uint8Array[]
}

/** Country, organisation and common name (ICAO 9303-12, 7.1.1). */
export function encodeName({ country, organisation, commonName }: Subject): Buffer {
  const attribute = (type: string, value: Buffer) => setOf(sequence(oid(type), value))
  return sequence(
    attribute('2.5.4.6', printableString(country)),
    attribute('2.5.4.10', utf8String(organisation)),
    attribute('2.5.4.3', utf8String(commonName)),
  )
}

/** Signs an X.509 certificate of version 3 (RFC 5280, 4.1) in the issuer's name. */
export function signCertificate(request: CertificateRequest, issuer: Subject, key: SigningKey): Buffer {
  const { subject, publicKey, serialNumber, validity, extensions } = request
  const content = sequence(
    context(0, integer(2)),
    integer(serialNumber),
    key.algorithm,
    encodeName(issuer),
    sequence(utcTime(validity.notBefore), utcTime(validity.notAfter)),
    encodeName(subject),
    publicKey,
    context(3, sequence(...extensions)),
  )
  return sequence(content, key.algorithm, bitString(key.sign(content)))
}

function extension(type: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value))
}

/** The extensions that ICAO 9303-12, 7.1.1, asks of CSCA and document signer certificates. */
export const EXTENSIONS = {
  keyUsageOfAuthority: () => extension('2.5.29.15', true, namedBits(5, 6)),
  keyUsageOfSigner: () => extension('2.5.29.15', true, namedBits(0)),
  basicConstraints: () => extension('2.5.29.19', true, sequence(boolean(true), integer(0))),
  subjectKeyIdentifier: ({ identifier }: SigningKey) => extension('2.5.29.14', false, octetString(identifier)),
  authorityKeyIdentifier: ({ identifier }: SigningKey) =>
    extension('2.5.29.35', false, sequence(contextOctets(0, identifier))),
  privateKeyUsagePeriod: ({ notBefore, notAfter }: Validity) =>
    extension('2.5.29.16', false, sequence(contextTime(0, notBefore), contextTime(1, notAfter))),
  crlDistributionPoint: (address: string) =>
    extension('2.5.29.31', false, sequence(sequence(context(0, context(0, contextOctets(6, Buffer.from(address))))))),
  /** The state's three letters, as in its documents (ICAO 9303-12, 7.1.1.6). */
  subjectAlternativeName: (state: string) => extension('2.5.29.17', false, sequence(stateName(state))),
  issuerAlternativeName: (state: string) => extension('2.5.29.18', false, sequence(stateName(state))),
  /** The purpose of signing master lists (ICAO 9303-12, 7.1.1.3). */
  masterListSigning: () => extension('2.5.29.37', true, sequence(oid('2.23.136.1.1.3'))),
  /** Document types that a signer may sign, as in the MRZ: `P` (ICAO 9303-12, 7.1.1.7). */
  documentTypes: (...types: readonly string[]) =>
    extension('2.23.136.1.1.6.2', false, sequence(integer(0), setOf(...types.map(printableString)))),
}

/** A directory name of the locality alone. */
function stateName(state: string): Buffer {
  return context(4, sequence(setOf(sequence(oid('2.5.4.7'), printableString(state)))))
}
