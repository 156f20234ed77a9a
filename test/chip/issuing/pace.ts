import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { encodeTlv } from '../../../src/chip/der/index.ts'
import type { ChipAuthenticationMappingEvidence } from '../../../src/chip/index.ts'
import { add, curveField, multiply, toNumber, toOctets, writePoint } from '../../../src/chip/proof/curve-arithmetic.ts'
import { messageAuthenticationCode, padded } from '../../../src/chip/proof/message-authentication.ts'
import { curveByOid } from '../../../src/chip/signature/index.ts'
import { bits, integer, oid, seq, set } from './der.ts'
import { signedMessage } from './messages.ts'
import { DSC_MESSAGE, P256 } from './passport.ts'

const PACE_CAM = '0.4.0.127.0.7.2.2.4.6.'
const CIPHERS = { 2: ['aes128', 'sha1', 16], 3: ['aes192', 'sha256', 24], 4: ['aes256', 'sha256', 32] } as const
/** Standardised domain parameters (ICAO 9303-11, 9.5.1) and the curves they mean. */
export const PARAMETERS: Readonly<Record<number, string>> = {
  12: '1.2.840.10045.3.1.7',
  13: '1.3.36.3.3.2.8.1.1.7',
  17: '1.3.36.3.3.2.8.1.1.13',
  18: '1.3.132.0.35',
}

export type CamCipher = keyof typeof CIPHERS

/** A chip's static key for PACE with chip authentication mapping. */
export interface MappingKey {
  readonly secret: bigint
  /** SubjectPublicKeyInfo with the domain parameters by number. */
  readonly publicKey: Buffer
  readonly parameterId: number
}

const fieldOf = (parameterId: number) => curveField(curveByOid(PARAMETERS[parameterId]!)!)
const scalarBelow = (order: bigint) => (toNumber(randomBytes(80)) % (order - 1n)) + 1n

export function mappingKey(parameterId = 13): MappingKey {
  const field = fieldOf(parameterId)
  const secret = scalarBelow(field.order)
  const algorithm = seq(oid('0.4.0.127.0.7.1.2'), integer(parameterId))
  return {
    secret,
    parameterId,
    publicKey: seq(algorithm, bits(writePoint(field, multiply(field, secret, field.base)))),
  }
}

export const paceInfo = (parameterId = 13, arc: CamCipher = 2) =>
  seq(oid(PACE_CAM + arc), integer(2), integer(parameterId))
export const keyInfo = ({ publicKey }: MappingKey, keyId?: number) =>
  seq(oid('0.4.0.127.0.7.2.2.1.2'), publicKey, keyId === undefined ? Buffer.alloc(0) : integer(keyId))

/** EF.CardSecurity: signed by the passport's document signer unless the options say otherwise. */
export function cardSecurity(infos: readonly Uint8Array[], message: Partial<Parameters<typeof signedMessage>[0]> = {}) {
  return signedMessage({
    ...DSC_MESSAGE(),
    content: set(...infos),
    key: P256,
    contentType: '0.4.0.127.0.7.3.2.1',
    ...message,
  })
}

/**
 * A run of PACE with chip authentication mapping (ICAO 9303-11, 4.4.3.3.3 to 4.4.3.5), played by both sides. A clone
 * does not know the chip's secret: it picks its data first and its key of the mapping to fit, and must guess what is shared.
 */
export function runPace(key: MappingKey, arc: CamCipher = 2, knowsSecret = true): ChipAuthenticationMappingEvidence {
  const [cipher, hash, length] = CIPHERS[arc]
  const protocol = PACE_CAM + arc
  const field = fieldOf(key.parameterId)
  const { base, order, size } = field
  const nonce = randomBytes(16)
  const [terminalMapping, terminalEphemeral, chipEphemeral, chosen] = Array.from({ length: 4 }, () =>
    scalarBelow(order),
  )
  const staticKey = multiply(field, key.secret, base)
  // The clone's data leads from the static key to its key of the mapping; the chip's secrets do.
  const data = knowsSecret ? (chosen! * power(key.secret, order - 2n, order)) % order : chosen!
  const chipMapping = multiply(field, data, staticKey)
  const shared = knowsSecret ? multiply(field, chosen!, multiply(field, terminalMapping!, base)) : staticKey
  const mapped = add(field, multiply(field, toNumber(nonce) % order, base), shared)
  const terminalBase = add(
    field,
    multiply(field, toNumber(nonce) % order, base),
    multiply(field, terminalMapping!, chipMapping),
  )
  const terminalPublic = multiply(field, terminalEphemeral!, terminalBase)
  const chipPublic = multiply(field, chipEphemeral!, mapped)
  const secret = toOctets(multiply(field, chipEphemeral!, terminalPublic)!.x, size)
  const derived = (counter: number) =>
    createHash(hash)
      .update(secret)
      .update(Buffer.of(0, 0, 0, counter))
      .digest()
      .subarray(0, length)
  const object = encodeTlv(0x7f49, oid(protocol), encodeTlv(0x86, writePoint(field, terminalPublic)))
  const aes = `aes-${length * 8}`
  const vector = createCipheriv(`${aes}-ecb`, derived(1), null).setAutoPadding(false).update(Buffer.alloc(16, 0xff))
  const encrypter = createCipheriv(`${aes}-cbc`, derived(1), vector).setAutoPadding(false)
  return {
    protocol,
    parameterId: key.parameterId,
    nonce,
    terminalMappingPrivateKey: toOctets(terminalMapping!, size),
    chipMappingPublicKey: writePoint(field, chipMapping),
    terminalPrivateKey: toOctets(terminalEphemeral!, size),
    chipPublicKey: writePoint(field, chipPublic),
    authenticationToken: messageAuthenticationCode(cipher, derived(2), object),
    encryptedChipAuthenticationData: encrypter.update(padded(toOctets(data, size), 16)),
  }
}

/** base ^ exponent modulo the modulus. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) {
    if (rest & 1n) result = (result * square) % modulus
  }
  return result
}
