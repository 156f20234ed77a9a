import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto'
import { failed, type Outcome, passed } from '../../check/index.ts'
import { bitStringOctets, encodeOid, encodeTlv, openDer } from '../der/index.ts'
import type { ChipAuthenticationKey, SecurityInfo } from '../lds/index.ts'
import type { ChipAuthenticationMappingEvidence } from '../report.ts'
import { curveByOid } from '../signature/index.ts'
import { curveOfKey, STANDARDISED_CURVES } from './chip-key.ts'
import {
  add,
  type CurveField,
  curveField,
  multiply,
  type Point,
  readPoint,
  samePoint,
  toNumber,
  toOctets,
  writePoint,
} from './curve-arithmetic.ts'
import { finding, type ProofFinding } from './finding.ts'
import { blockLength, type MacCipher, messageAuthenticationCode } from './message-authentication.ts'
import { encryptionKey, macKey } from './session-key.ts'

const CHIP_AUTHENTICATION_MAPPING = '0.4.0.127.0.7.2.2.4.6.'
const ECDH_PUBLIC_KEY = '0.4.0.127.0.7.2.2.1.2'
/** The last arc of a protocol: its cipher (ICAO 9303-11, 9.2.3). */
const CIPHERS: Readonly<Record<string, MacCipher>> = { 2: 'aes128', 3: 'aes192', 4: 'aes256' }

const PUBLIC_KEY_OBJECT = 0x7f49
const PUBLIC_POINT = 0x86
/** Keys tried against one run; chips hold one or two. */
const MAX_KEYS = 8
/** A scalar of the longest curve, padded. */
const MAX_CHIP_AUTHENTICATION_DATA_OCTETS = 80

/** Whether a protocol is PACE with chip authentication mapping (ICAO 9303-11, 9.2.3). */
export const isMapping = (protocol: string): boolean => protocol.startsWith(CHIP_AUTHENTICATION_MAPPING)

/**
 * Whether the chip holds the private key to EF.CardSecurity's public key, by a recorded run of PACE with chip
 * authentication mapping (ICAO 9303-11, 4.4.3.3.3, 4.4.3.4 and 4.4.3.5.2): the run is calculated again from our keys,
 * the chip's token must be right, and the chip authentication data must lead from the chip's key to its key of the
 * mapping. A chip that chose the latter to fit would not know the secret that the mapping needs, and could not have
 * made the token. `infos` are EF.CardSecurity's under a verified signature; that our keys are ours, and were secret, is
 * the caller's to vouch for: whoever holds them can write such a run.
 *
 * Codes: `cam-protocol`, `cam-protocol-not-offered`, `cam-domain-parameters`, `cam-key-unknown`, `cam-terminal-key`,
 * `cam-point`, `cam-token`, `cam-data`, `cam-key`.
 */
export function verifyChipAuthenticationMapping(
  evidence: ChipAuthenticationMappingEvidence,
  infos: readonly SecurityInfo[],
): ProofFinding {
  const { protocol } = evidence
  const cipher = isMapping(protocol) ? CIPHERS[protocol.slice(CHIP_AUTHENTICATION_MAPPING.length)] : undefined
  if (!cipher) return finding(failed('cam-protocol', { protocol }))

  const offers = infos.filter((info) => info.kind === 'pace').filter((info) => info.protocol === protocol)
  const parameterId = evidence.parameterId ?? offers[0]?.parameterId
  const offered = offers.some((info) => info.parameterId === undefined || info.parameterId === parameterId)
  if (!offered) return finding(failed('cam-protocol-not-offered', { protocol }))
  const curve = parameterId === undefined ? undefined : curveByOid(STANDARDISED_CURVES[parameterId] ?? '')
  if (!curve) return finding(failed('cam-domain-parameters', { protocol, parameterId: parameterId ?? null }))

  const field = curveField(curve)
  const keys = keysOn(curve.oid, field, infos, parameterId!)
  if (keys.length === 0) return finding(failed('cam-key-unknown', { protocol }))
  return finding(judgeRun(evidence, cipher, field, keys))
}

/** The chip's keys on the curve of the run; the one that bears the number of the parameters alone, where one does. */
function keysOn(curveOid: string, field: CurveField, infos: readonly SecurityInfo[], parameterId: number): Point[] {
  const keys = infos
    .filter((info): info is ChipAuthenticationKey => info.kind === 'chip-authentication-key')
    .filter(({ protocol, publicKey }) => protocol === ECDH_PUBLIC_KEY && curveOfKey(publicKey) === curveOid)
  const numbered = keys.filter(({ keyId }) => keyId === parameterId)
  return (numbered.length > 0 ? numbered : keys).slice(0, MAX_KEYS).flatMap(({ publicKey }) => {
    try {
      const [, bits] = openDer(publicKey, 'the public key').children()
      return [readPoint(field, bitStringOctets(bits!))]
    } catch {
      return []
    }
  })
}

function judgeRun(
  evidence: ChipAuthenticationMappingEvidence,
  cipher: MacCipher,
  field: CurveField,
  keys: readonly Point[],
): Outcome {
  const { protocol } = evidence
  const mappingKey = toNumber(evidence.terminalMappingPrivateKey)
  const ephemeralKey = toNumber(evidence.terminalPrivateKey)
  if ([mappingKey, ephemeralKey].some((key) => key < 1n || key >= field.order)) return failed('cam-terminal-key')
  let chipMapping: Point
  let chipEphemeral: Point
  try {
    chipMapping = readPoint(field, evidence.chipMappingPublicKey)
    chipEphemeral = readPoint(field, evidence.chipPublicKey)
  } catch {
    return failed('cam-point')
  }
  // Neither party may have sent the other's key back (4.4.1, 1 c and d).
  if (samePoint(chipMapping, multiply(field, mappingKey, field.base))) return failed('cam-point')

  // The mapping (4.4.3.3.1): a base point that depends on the nonce and on the keys of both.
  const nonce = toNumber(evidence.nonce) % field.order
  const shared = multiply(field, mappingKey, chipMapping)
  const mappedBase = add(field, multiply(field, nonce, field.base), shared)
  const ownEphemeral = multiply(field, ephemeralKey, mappedBase)
  if (!ownEphemeral || samePoint(chipEphemeral, ownEphemeral)) return failed('cam-point')

  // The key agreement, and the chip's token over our public key (4.4.3.4).
  const secret = toOctets(multiply(field, ephemeralKey, chipEphemeral)!.x, field.size)
  const tokenInput = encodeTlv(
    PUBLIC_KEY_OBJECT,
    encodeOid(protocol),
    encodeTlv(PUBLIC_POINT, writePoint(field, ownEphemeral)),
  )
  const token = messageAuthenticationCode(cipher, macKey(cipher, secret), tokenInput)
  if (evidence.authenticationToken.length !== token.length || !timingSafeEqual(evidence.authenticationToken, token)) {
    return failed('cam-token', { protocol })
  }

  // The chip authentication data (4.4.3.5.2): PK_Map,IC = CA_IC * PK_IC.
  const data = decryptData(cipher, encryptionKey(cipher, secret), evidence.encryptedChipAuthenticationData)
  if (data === undefined || data < 1n || data >= field.order) return failed('cam-data', { protocol })
  const proven = keys.some((key) => samePoint(multiply(field, data, key), chipMapping))
  return proven ? passed({ protocol, cipher }) : failed('cam-key', { protocol })
}

/**
 * CBC under an initialisation vector of encrypted ones, and padding method 2 (4.4.3.5.1); undefined when it is not so.
 */
function decryptData(cipher: MacCipher, key: Uint8Array, encrypted: Uint8Array): bigint | undefined {
  const block = blockLength(cipher)
  const { length } = encrypted
  if (length === 0 || length % block !== 0 || length > MAX_CHIP_AUTHENTICATION_DATA_OCTETS) return undefined
  const vector = createCipheriv(`aes-${cipher.slice(3)}-ecb`, key, null)
    .setAutoPadding(false)
    .update(Buffer.alloc(block, 0xff))
  const decipher = createDecipheriv(`aes-${cipher.slice(3)}-cbc`, key, vector).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(encrypted), decipher.final()])
  let end = plain.length - 1
  while (end > 0 && plain[end] === 0) end--
  return plain[end] === 0x80 ? toNumber(plain.subarray(0, end)) : undefined
}
