import { type KeyObject, verify } from 'node:crypto'
import { Fault, failed, notPerformed, passed } from '../../check/index.ts'
import { openDer } from '../der/index.ts'
import type { ActiveAuthenticationOption } from '../lds/index.ts'
import type { ActiveAuthenticationEvidence } from '../report.ts'
import { type EcPublicKey, type PublicKey, readPublicKey } from '../signature/index.ts'
import { finding, type ProofFinding } from './finding.ts'
import { verifyMessageRecovery } from './message-recovery.ts'

/** RND.IFD of ICAO 9303-11, 6.1, in bytes. */
export const ACTIVE_AUTHENTICATION_CHALLENGE_OCTETS = 8

/** Signature algorithms of ActiveAuthenticationInfo: ecdsa-plain (BSI TR-03111) and, as some chips have it, X9.62. */
const ECDSA_HASHES: Readonly<Record<string, string>> = {
  '0.4.0.127.0.7.1.1.4.1.1': 'sha1',
  '0.4.0.127.0.7.1.1.4.1.2': 'sha224',
  '0.4.0.127.0.7.1.1.4.1.3': 'sha256',
  '0.4.0.127.0.7.1.1.4.1.4': 'sha384',
  '0.4.0.127.0.7.1.1.4.1.5': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

/**
 * Whether the chip signed our challenge with the key of DG15 (ICAO 9303-11, 6.1): RSA by message recovery, ECDSA as
 * r || s over the hash that DG14 names, SHA-256 or the hash of the curve's size where it names none. `publicKey` is DG15's SubjectPublicKeyInfo and must
 * be under a verified EF.SOD, `option` DG14's ActiveAuthenticationInfo: both are the caller's to vouch for, as is that the
 * challenge was ours.
 *
 * Codes: `aa-no-evidence` (not performed), `aa-challenge-length`, `aa-key`, `aa-algorithm`, `aa-signature`.
 * Deviations: `aa-der-signature`, `aa-recovered-leading-zeros`, `aa-info-missing`, and those of the key's encoding.
 */
export function verifyActiveAuthentication(
  evidence: ActiveAuthenticationEvidence | undefined,
  publicKey: Uint8Array,
  option: ActiveAuthenticationOption | undefined,
): ProofFinding {
  if (!evidence) return finding(notPerformed('aa-no-evidence'))
  if (evidence.challenge.length !== ACTIVE_AUTHENTICATION_CHALLENGE_OCTETS) {
    return finding(failed('aa-challenge-length', { octets: evidence.challenge.length }))
  }
  let key: PublicKey
  try {
    key = readPublicKey(openDer(publicKey, 'the public key'))
  } catch (error) {
    return finding(failed('aa-key', { because: Fault.record(error).code }))
  }
  return key.kind === 'rsa' ? verifyRsa(evidence, key.key) : verifyEcdsa(evidence, key, option)
}

function verifyRsa({ challenge, response }: ActiveAuthenticationEvidence, key: KeyObject): ProofFinding {
  const recovered = verifyMessageRecovery(key, response, challenge)
  if (!recovered) return finding(failed('aa-signature', { algorithm: 'rsa' }))
  const outcome = passed({ algorithm: 'rsa', hash: recovered.hash })
  if (!recovered.leadingZeros) return finding(outcome)
  return finding(outcome, { code: 'aa-recovered-leading-zeros', where: 'DG15' })
}

function verifyEcdsa(
  { challenge, response }: ActiveAuthenticationEvidence,
  { key, curve, deviations: keyDeviations }: EcPublicKey,
  option: ActiveAuthenticationOption | undefined,
): ProofFinding {
  const named = option && ECDSA_HASHES[option.signatureAlgorithm]
  if (option && !named) return finding(failed('aa-algorithm', { algorithm: option.signatureAlgorithm }))
  const deviations = keyDeviations.map((code) => ({ code, where: 'DG15' }))
  if (!option) deviations.push({ code: 'aa-info-missing', where: 'DG14' })
  const hashes = named ? [named] : ['sha256', hashOfSize(curve.size)]
  for (const hash of hashes) {
    const outcome = passed({ algorithm: 'ecdsa', hash })
    if (holds(hash, challenge, key, 'ieee-p1363', response)) return finding(outcome, ...deviations)
    if (response[0] === 0x30 && holds(hash, challenge, key, 'der', response)) {
      return finding(outcome, ...deviations, { code: 'aa-der-signature', where: 'DG15' })
    }
  }
  return finding(failed('aa-signature', { algorithm: 'ecdsa', hash: hashes[0]! }))
}

/** The hash as long as the curve, which chips take that name none and do not take SHA-256. */
function hashOfSize(octets: number): string {
  if (octets <= 28) return 'sha224'
  if (octets <= 40) return 'sha256'
  return octets <= 48 ? 'sha384' : 'sha512'
}

function holds(
  hash: string,
  challenge: Uint8Array,
  key: KeyObject,
  dsaEncoding: 'der' | 'ieee-p1363',
  signature: Uint8Array,
): boolean {
  try {
    return verify(hash, challenge, { key, dsaEncoding }, signature)
  } catch {
    return false // A signature of a length that the curve does not have.
  }
}
