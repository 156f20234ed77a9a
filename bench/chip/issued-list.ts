import { integer, sequence, setOf } from '../../src/specimen/pki/asn1.ts'
import { EXTENSIONS, signCertificate } from '../../src/specimen/pki/certificate.ts'
import { signMessage } from '../../src/specimen/pki/signed-message.ts'
import { establishAuthority, type SigningAuthority } from '../../src/specimen/pki/signing-authority.ts'
import { generateSigningKey, type KeyProfile } from '../../src/specimen/pki/signing-key.ts'
import { AT, VALIDITY } from './passport.ts'

const CSCA_MASTER_LIST = '2.23.136.1.1.2'
/** As national lists mix them: nearly all keys on elliptic curves are explicit. */
const PROFILES: readonly KeyProfile[] = ['brainpool-256-explicit', 'brainpool-384-explicit', 'p-256', 'p-384']
/** Certificates under one name: states renew their keys. */
const PER_NAME = 2

/** A master list of so many fictitious CSCA certificates, and the anchor that its signer leads to. */
export async function issueMasterList(length: number): Promise<{ list: Buffer; anchor: Buffer }> {
  const publisher = await authority(0)
  const listed = await Promise.all(Array.from({ length }, (_, i) => authority(i)))
  const content = sequence(integer(0), setOf(...listed.map(({ certificate }) => certificate)))
  const signer = await certifyListSigner(publisher)
  const list = signMessage(CSCA_MASTER_LIST, content, signer, AT, [publisher.certificate])
  return { list, anchor: publisher.certificate }
}

function authority(index: number): Promise<SigningAuthority> {
  const state = { code: 'UTO', country: 'UT', name: `Utopia ${Math.floor(index / PER_NAME)}` }
  return establishAuthority(state, integer(index + 1).subarray(2), VALIDITY, PROFILES[index % PROFILES.length]!)
}

async function certifyListSigner({ subject, key: issuerKey }: SigningAuthority) {
  const key = await generateSigningKey('brainpool-256-explicit')
  const serialNumber = Buffer.of(1)
  const extensions = [
    EXTENSIONS.keyUsageOfSigner(),
    EXTENSIONS.masterListSigning(),
    EXTENSIONS.subjectKeyIdentifier(key),
    EXTENSIONS.authorityKeyIdentifier(issuerKey),
  ]
  const signerSubject = { ...subject, commonName: 'Master List Signer' }
  const request = { subject: signerSubject, publicKey: key.publicKey, serialNumber, validity: VALIDITY, extensions }
  return { key, issuer: subject, serialNumber, certificate: signCertificate(request, subject, issuerKey) }
}
