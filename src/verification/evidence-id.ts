import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { VerificationEvidence } from './evidence.ts'

/** An identifier that the same evidence always gets: 128 bits of SHA-256 over its named parts, hex. */
export function evidenceId(evidence: VerificationEvidence): string {
  const hash = createHash('sha256')
  const add = (name: string, bytes: Uint8Array) => hash.update(`${name}:${bytes.length}:`).update(bytes)

  if (evidence.page) add('page', evidence.page)
  for (const [name, bytes] of Object.entries(evidence.chip?.files ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    add(name, bytes)
  }
  const { access, activeAuthentication, chipAuthentication } = evidence.chip ?? {}
  if (access) add('access', Buffer.from(access))
  if (activeAuthentication) {
    add('aa-challenge', activeAuthentication.challenge)
    add('aa-response', activeAuthentication.response)
  }
  if (chipAuthentication && 'nonce' in chipAuthentication) {
    add('cam-nonce', chipAuthentication.nonce)
    add('cam-token', chipAuthentication.authenticationToken)
    add('cam-data', chipAuthentication.encryptedChipAuthenticationData)
  } else if (chipAuthentication) {
    add('ca-response', chipAuthentication.responseApdu)
    add('ca-counter', chipAuthentication.sendSequenceCounter)
  }
  evidence.selfie?.forEach(({ bytes, time }, i) => {
    add(`frame-${i}-${time ?? ''}`, bytes)
  })
  if (evidence.challenge) hash.update(canonicalJson(evidence.challenge))
  return hash.digest('hex').slice(0, 32)
}
