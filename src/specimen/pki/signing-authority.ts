import { EXTENSIONS, type Subject, signCertificate, type Validity } from './certificate.ts'
import { signRevocationList } from './revocation-list.ts'
import { generateSigningKey, type KeyProfile, type SigningKey } from './signing-key.ts'

/** A country signing certification authority (CSCA): the root that inspection systems trust. */
export interface SigningAuthority {
  readonly subject: Subject
  /** Three letters, as in the MRZ. */
  readonly state: string
  readonly key: SigningKey
  /** Self-signed, DER. */
  readonly certificate: Buffer
}

/** A document signer: the key under EF.SOD and its certificate. */
export interface DocumentSigner {
  readonly key: SigningKey
  readonly issuer: Subject
  readonly serialNumber: Buffer
  readonly certificate: Buffer
}

interface State {
  /** Three letters and two letters. */
  readonly code: string
  readonly country: string
  readonly name: string
}

/** Sets up a state's authority with a self-signed certificate (ICAO 9303-12, 7.1.1). */
export async function establishAuthority(
  state: State,
  serialNumber: Buffer,
  validity: Validity,
  profile: KeyProfile,
): Promise<SigningAuthority> {
  const key = await generateSigningKey(profile)
  const subject = { country: state.country, organisation: state.name, commonName: `CSCA ${state.name}` }
  const extensions = [
    EXTENSIONS.basicConstraints(),
    EXTENSIONS.keyUsageOfAuthority(),
    EXTENSIONS.subjectKeyIdentifier(key),
    EXTENSIONS.authorityKeyIdentifier(key),
    EXTENSIONS.privateKeyUsagePeriod(validity),
    ...statements(state.code),
  ]
  const request = { subject, publicKey: key.publicKey, serialNumber, validity, extensions }
  return { subject, state: state.code, key, certificate: signCertificate(request, subject, key) }
}

/** Certifies a fresh document signer for passports. */
export async function certifySigner(
  authority: SigningAuthority,
  name: string,
  serialNumber: Buffer,
  validity: Validity,
  profile: KeyProfile,
): Promise<DocumentSigner> {
  const key = await generateSigningKey(profile)
  const extensions = [
    EXTENSIONS.keyUsageOfSigner(),
    EXTENSIONS.subjectKeyIdentifier(key),
    EXTENSIONS.authorityKeyIdentifier(authority.key),
    EXTENSIONS.privateKeyUsagePeriod(validity),
    EXTENSIONS.documentTypes('P'),
    ...statements(authority.state),
  ]
  const subject = { ...authority.subject, commonName: name }
  const request = { subject, publicKey: key.publicKey, serialNumber, validity, extensions }
  const certificate = signCertificate(request, authority.subject, authority.key)
  return { key, issuer: authority.subject, serialNumber, certificate }
}

/** A current list that revokes the signers given, since the moment given. */
export function publishRevocations(
  authority: SigningAuthority,
  thisUpdate: Date,
  nextUpdate: Date,
  revoked: readonly DocumentSigner[],
): Buffer {
  const entries = revoked.map(({ serialNumber }) => ({ serialNumber, at: thisUpdate }))
  return signRevocationList({ number: 1, thisUpdate, nextUpdate, revoked: entries }, authority.subject, authority.key)
}

/** What certificates of a state say alike: its letters, and where its revocation list would be. */
function statements(state: string): Buffer[] {
  return [
    EXTENSIONS.subjectAlternativeName(state),
    EXTENSIONS.issuerAlternativeName(state),
    EXTENSIONS.crlDistributionPoint(`http://crl.invalid/${state}.crl`),
  ]
}
