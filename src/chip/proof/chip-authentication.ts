import { diffieHellman, type KeyObject } from 'node:crypto'
import { failed, notPerformed, type Outcome, passed } from '../../check/index.ts'
import type { ChipAuthenticationKey, SecurityInfo } from '../lds/index.ts'
import type { ChipAuthenticationEvidence } from '../report.ts'
import { agreementProtocol, sameKey } from './agreement-protocol.ts'
import { importPrivateKey, importPublicKey } from './chip-key.ts'
import { finding, type ProofFinding } from './finding.ts'
import { blockLength } from './message-authentication.ts'
import { checksumHolds, readSecuredResponse, type SecuredResponse } from './secured-response.ts'
import { macKey } from './session-key.ts'

/** Keys tried against one response; chips hold one or two. */
const MAX_KEYS = 8

/**
 * Whether the chip holds the private key to one of its chip-authentication keys (ICAO 9303-11, 6.2; BSI TR-03110-1, 3.4):
 * agreement with our ephemeral key gives the session keys, and the first secured response carries their checksum.
 * `infos` are DG14's security infos under a verified EF.SOD; that the ephemeral key is ours, and secret, is the caller's
 * to vouch for: whoever holds it can write such a response.
 *
 * Codes: `ca-no-evidence` (not performed), `ca-protocol`, `ca-protocol-not-offered`, `ca-key-unknown`, `ca-terminal-key`,
 * `ca-response`, `ca-counter-length`, `ca-key`, `ca-checksum`. Deviation: `ca-info-missing`.
 */
export function verifyChipAuthentication(
  evidence: ChipAuthenticationEvidence | undefined,
  infos: readonly SecurityInfo[],
): ProofFinding {
  if (!evidence) return finding(notPerformed('ca-no-evidence'))
  const { protocol, cipher, keyId } = evidence
  const facts = { protocol, cipher }
  const known = agreementProtocol(protocol)
  if (known?.cipher !== cipher) return finding(failed('ca-protocol', facts))

  const options = infos.filter((info) => info.kind === 'chip-authentication')
  const offered = options.some((info) => info.protocol === protocol && sameKey(info.keyId, keyId))
  // Chips of the first years publish a key alone, for 3DES.
  const infoMissing = options.length === 0 && cipher === '3des'
  if (!offered && !infoMissing) return finding(failed('ca-protocol-not-offered', facts))
  const deviations = infoMissing ? [{ code: 'ca-info-missing', where: 'DG14' }] : []

  const keys = infos
    .filter((info): info is ChipAuthenticationKey => info.kind === 'chip-authentication-key')
    .filter((info) => info.protocol === known.keyProtocol && sameKey(info.keyId, keyId))
    .slice(0, MAX_KEYS)
  if (keys.length === 0) return finding(failed('ca-key-unknown', facts))
  return finding(judgeResponse(evidence, keys), ...deviations)
}

function judgeResponse(evidence: ChipAuthenticationEvidence, keys: readonly ChipAuthenticationKey[]): Outcome {
  const { protocol, cipher, sendSequenceCounter } = evidence
  if (sendSequenceCounter.length !== blockLength(cipher)) {
    return failed('ca-counter-length', { octets: sendSequenceCounter.length })
  }
  let terminalKey: KeyObject
  try {
    terminalKey = importPrivateKey(evidence.terminalPrivateKey)
  } catch {
    return failed('ca-terminal-key')
  }
  let response: SecuredResponse
  try {
    response = readSecuredResponse(evidence.responseApdu)
  } catch {
    return failed('ca-response')
  }
  let agreed = false
  for (const key of keys) {
    const secret = sharedSecret(terminalKey, key.publicKey)
    if (!secret) continue
    agreed = true
    if (checksumHolds(response, cipher, macKey(cipher, secret), sendSequenceCounter)) {
      return passed({ protocol, cipher, ...(key.keyId === undefined ? {} : { keyId: key.keyId }) })
    }
  }
  return failed(agreed ? 'ca-checksum' : 'ca-key', { protocol, cipher })
}

/** Undefined when the chip's key cannot be read or is of another group than the terminal's. */
function sharedSecret(terminalKey: KeyObject, spki: Uint8Array): Buffer | undefined {
  try {
    return diffieHellman({ privateKey: terminalKey, publicKey: importPublicKey(spki) })
  } catch {
    return undefined
  }
}
