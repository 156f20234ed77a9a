import { constants, createHash, createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { context, integer, nothing, oid, sequence } from './asn1.ts'

/** What a key is and how it signs. */
export type KeyProfile = keyof typeof PROFILES

/** A private key with everything that certificates and signed messages say about it. */
export interface SigningKey {
  readonly profile: KeyProfile
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer
  /** SHA-1 of the public key, as RFC 5280, 4.2.1.2, makes key identifiers. */
  readonly identifier: Buffer
  /** The AlgorithmIdentifier of its signatures, DER. */
  readonly algorithm: Buffer
  readonly hash: HashName
  sign(message: Uint8Array): Buffer
}

export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512'

const HASH_OIDS: Readonly<Record<HashName, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

/** The AlgorithmIdentifier of a hash function. */
export const hashAlgorithm = (hash: HashName): Buffer => sequence(oid(HASH_OIDS[hash]))

const rsa = (modulusLength: number) => () => promisify(generateKeyPair)('rsa', { modulusLength })
const ec = (namedCurve: string, paramEncoding: 'named' | 'explicit') => () =>
  promisify(generateKeyPair)('ec', { namedCurve, paramEncoding })

const RSA_SHA256 = sequence(oid('1.2.840.113549.1.1.11'), nothing())
/** RSASSA-PSS (RFC 4055): SHA-256, MGF1 with SHA-256, a salt of 32 octets. */
const RSA_PSS_SHA256 = sequence(
  oid('1.2.840.113549.1.1.10'),
  sequence(
    context(0, hashAlgorithm('sha256')),
    context(1, sequence(oid('1.2.840.113549.1.1.8'), hashAlgorithm('sha256'))),
    context(2, integer(32)),
  ),
)
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))
const ECDSA_SHA384 = sequence(oid('1.2.840.10045.4.3.3'))

const PROFILES = {
  'rsa-2048': { generate: rsa(2048), algorithm: RSA_SHA256, hash: 'sha256' },
  'rsa-3072-pss': { generate: rsa(3072), algorithm: RSA_PSS_SHA256, hash: 'sha256' },
  'rsa-4096': { generate: rsa(4096), algorithm: RSA_SHA256, hash: 'sha256' },
  'p-256': { generate: ec('prime256v1', 'named'), algorithm: ECDSA_SHA256, hash: 'sha256' },
  'p-384': { generate: ec('secp384r1', 'named'), algorithm: ECDSA_SHA384, hash: 'sha384' },
  'brainpool-256-explicit': { generate: ec('brainpoolP256r1', 'explicit'), algorithm: ECDSA_SHA256, hash: 'sha256' },
  'brainpool-384-explicit': { generate: ec('brainpoolP384r1', 'explicit'), algorithm: ECDSA_SHA384, hash: 'sha384' },
} as const satisfies Record<
  string,
  { generate: () => Promise<{ privateKey: KeyObject }>; algorithm: Buffer; hash: HashName }
>

/** Makes a fresh key of the profile. RSA takes from 50 ms to seconds. */
export async function generateSigningKey(profile: KeyProfile): Promise<SigningKey> {
  const { generate, algorithm, hash } = PROFILES[profile]
  const { privateKey } = await generate()
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const padding = profile === 'rsa-3072-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}
  return {
    profile,
    publicKey,
    identifier: createHash('sha1').update(publicKey).digest(),
    algorithm,
    hash,
    sign: (message) => sign(hash, message, { key: privateKey, ...padding }),
  }
}
