import { createHash, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { encodeTlv, openDer, TAG } from '../../../src/chip/der/index.ts'
import { messageAuthenticationCode, padded } from '../../../src/chip/proof/message-authentication.ts'
import { bits, integer, none, oid, seq, set } from './der.ts'

const DERIVATION = {
  1: ['3des', 'sha1', 16, 8],
  2: ['aes128', 'sha1', 16, 16],
  3: ['aes192', 'sha256', 24, 16],
  4: ['aes256', 'sha256', 32, 16],
} as const

export type Arc = keyof typeof DERIVATION

const spkiOf = (key: KeyObject) => createPublicKey(key).export({ format: 'der', type: 'spki' })

/** Keys of chips; the type definitions leave Diffie-Hellman out. */
export const ecChipKey = (namedCurve = 'brainpoolP256r1') => generateKeyPairSync('ec', { namedCurve }).privateKey
export const dhChipKey = () =>
  generateKeyPairSync('dh' as 'ec', { group: 'modp14' } as unknown as { namedCurve: string }).privateKey

const familyOf = (key: KeyObject) => (key.asymmetricKeyType === 'ec' ? '2' : '1')

/** What a DG14 says of a key and of the protocols that use it. */
export function agreementInfos(key: KeyObject, arcs: readonly Arc[], keyId?: number): Buffer[] {
  const family = familyOf(key)
  const number = keyId === undefined ? none : integer(keyId)
  return [
    ...arcs.map((arc) => seq(oid(`0.4.0.127.0.7.2.2.3.${family}.${arc}`), integer(1), number)),
    seq(oid(`0.4.0.127.0.7.2.2.1.${family}`), spkiOf(key), number),
  ]
}

export const dg14Of = (...infos: Uint8Array[]): Buffer => encodeTlv(0x6e, set(...infos))

/**
 * What a chip does with the terminal's public key and its first secured command (ICAO 9303-11, 6.2.2 and 9.8): it agrees on
 * keys, refuses a command that does not bear their checksum, and answers with some data under the counter 2.
 */
export function answer(key: KeyObject, protocol: string, publicKey: Uint8Array, command: Uint8Array): Buffer {
  const [cipher, hash, length, block] = DERIVATION[Number(protocol.at(-1)) as Arc]
  const [algorithm] = openDer(spkiOf(key), 'key').children()
  const sent = key.asymmetricKeyType === 'ec' ? publicKey : unsigned(publicKey)
  const spki = seq(algorithm!.encoding, bits(sent))
  const secret = diffieHellman({
    privateKey: key,
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  })
  const derived = createHash(hash)
    .update(secret)
    .update(Buffer.of(0, 0, 0, 2))
    .digest()
    .subarray(0, length)
  const checksum = (counter: number, ...covered: Uint8Array[]) => {
    const ssc = Buffer.alloc(block)
    ssc[block - 1] = counter
    return messageAuthenticationCode(cipher, derived, Buffer.concat([ssc, ...covered]))
  }
  const header = command.subarray(0, 4)
  const expected = command.subarray(5, 8)
  if (Buffer.compare(checksum(1, padded(header, block), padded(expected, block)), command.subarray(10, 18)) !== 0) {
    return Buffer.from('6988', 'hex')
  }
  const body = Buffer.concat([encodeTlv(0x87, Buffer.of(1), Buffer.alloc(block, 7)), Buffer.from('99029000', 'hex')])
  return Buffer.concat([body, encodeTlv(0x8e, checksum(2, padded(body, block))), Buffer.from('9000', 'hex')])
}

const unsigned = (magnitude: Uint8Array) =>
  encodeTlv(TAG.integer, magnitude[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), magnitude]) : magnitude)
