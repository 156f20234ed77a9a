import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import { promisify } from 'node:util'

/** The key that never leaves the chip: it answers challenges, which a copy cannot. */
export interface ChipKey {
  /** SubjectPublicKeyInfo, DER: what DG15 holds. */
  readonly publicKey: Buffer
  /** For DG14: the signature algorithm, where the answer itself does not tell it. */
  readonly signatureAlgorithm?: string
  /** Answers a challenge of 8 octets (ICAO 9303-11, 6.1). */
  respond(challenge: Uint8Array): Buffer
}

const ECDSA_PLAIN_SHA256 = '0.4.0.127.0.7.1.1.4.1.3'

const spki = (key: KeyObject) => createPublicKey(key).export({ format: 'der', type: 'spki' })

/** A chip that signs with ECDSA on P-256: r || s. */
export async function generateEcChipKey(): Promise<ChipKey> {
  const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'prime256v1' })
  return {
    publicKey: spki(privateKey),
    signatureAlgorithm: ECDSA_PLAIN_SHA256,
    respond: (challenge) => sign('sha256', challenge, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  }
}

/** A chip that signs with RSA-2048 and message recovery: ISO/IEC 9796-2 scheme 1, SHA-256, trailer 34CC. */
export async function generateRsaChipKey(): Promise<ChipKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { publicKey: spki(privateKey), respond: (challenge) => signRecoverable(privateKey, challenge) }
}

const HEADER = Buffer.of(0x6a)
const TRAILER = Buffer.from('34cc', 'hex')

function signRecoverable(key: KeyObject, challenge: Uint8Array): Buffer {
  const nonce = randomBytes(2048 / 8 - HEADER.length - 32 - TRAILER.length)
  const digest = createHash('sha256').update(nonce).update(challenge).digest()
  const block = Buffer.concat([HEADER, nonce, digest, TRAILER])
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block)
}
