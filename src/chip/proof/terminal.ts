import { createPublicKey, diffieHellman } from 'node:crypto'
import { bitStringOctets, encodeTlv, openDer, TAG, unsignedBytes } from '../der/index.ts'
import type { ChipAuthenticationKey, SecurityInfo } from '../lds/index.ts'
import { curveByOid } from '../signature/index.ts'
import { agreementProtocol, earlyProtocol, sameKey } from './agreement-protocol.ts'
import { curveOfKey, importPrivateKey, importPublicKey } from './chip-key.ts'
import { toNumber, toOctets } from './curve-arithmetic.ts'
import { blockLength, type MacCipher, messageAuthenticationCode, padded } from './message-authentication.ts'
import { macKey } from './session-key.ts'

/** Random octets that a terminal's key is made of: more than the longest order has, so that every key is as likely. */
export const TERMINAL_SEED_OCTETS = 80
/** The private exponent of a Diffie-Hellman key: twice the security of the longest group that chips have. */
const EXPONENT_OCTETS = 32

/** READ BINARY of EF.COM's first octets by its short identifier 1E, under secure messaging. */
const COMMAND_HEADER = Buffer.of(0x0c, 0xb0, 0x9e, 0x00)
const EXPECTED_LENGTH = encodeTlv(0x97, Buffer.of(4))
const CHECKSUM = 0x8e
const COMMAND_COUNTER = 1
const RESPONSE_COUNTER = 2

/** Chip authentication as a chip offers it: the protocol, and the chip's key for it. */
export interface AgreementOffer {
  readonly protocol: string
  readonly cipher: MacCipher
  readonly keyId?: number
  /** SubjectPublicKeyInfo, DER. */
  readonly chipKey: Uint8Array
}

/** What a terminal sends to begin, and what it keeps to verify the answer. */
export interface BegunAgreement {
  /** PKCS #8, DER: secret, because whoever has it can write the answer. */
  readonly terminalPrivateKey: Buffer
  /** The public key as the protocol sends it: an uncompressed point, or a magnitude (ICAO 9303-11, 9.4.4 and 9.4.5). */
  readonly publicKey: Buffer
  /** The first command after the key change, secured: only a chip that has agreed on the same keys takes it. */
  readonly command: Buffer
  /** The counter that the response to that command bears. */
  readonly sendSequenceCounter: Buffer
}

/** What DG14's infos offer, the strongest cipher first (ICAO 9303-11, 9.2.4 and 9.2.5). */
export function agreementOffers(infos: readonly SecurityInfo[]): AgreementOffer[] {
  const options = infos.filter((info) => info.kind === 'chip-authentication')
  const offers = infos
    .filter((info): info is ChipAuthenticationKey => info.kind === 'chip-authentication-key')
    .flatMap(({ protocol: keyProtocol, publicKey, keyId }) => {
      const own = options.filter((option) => sameKey(option.keyId, keyId)).map(({ protocol }) => protocol)
      return (options.length > 0 ? own : [earlyProtocol(keyProtocol)]).flatMap((protocol) => {
        const known = agreementProtocol(protocol)
        if (known?.keyProtocol !== keyProtocol) return []
        return [{ protocol, cipher: known.cipher, chipKey: publicKey, ...(keyId === undefined ? {} : { keyId }) }]
      })
    })
  return offers.sort((a, b) => strengthOf(b) - strengthOf(a))
}

const STRENGTHS: readonly MacCipher[] = ['3des', 'aes128', 'aes192', 'aes256']
const strengthOf = ({ cipher }: AgreementOffer): number => STRENGTHS.indexOf(cipher)

/**
 * Begins chip authentication as a terminal does (ICAO 9303-11, 6.2.2): an ephemeral key on the chip's parameters, and the
 * first command under the keys that both will share. `seed` is TERMINAL_SEED_OCTETS random octets that nobody else knows.
 * Throws `proof-key` where the chip's key cannot be used.
 */
export function beginAgreement({ chipKey, cipher }: AgreementOffer, seed: Uint8Array): BegunAgreement {
  const chip = importPublicKey(chipKey)
  const terminalPrivateKey = encodeTerminalKey(chipKey, chip.export({ format: 'der', type: 'spki' }), seed)
  const terminal = importPrivateKey(terminalPrivateKey)
  const secret = diffieHellman({ privateKey: terminal, publicKey: chip })
  const [, bits] = openDer(createPublicKey(terminal).export({ format: 'der', type: 'spki' }), 'a public key').children()
  const octets = bitStringOctets(bits!)
  return {
    terminalPrivateKey,
    publicKey: Buffer.from(chip.asymmetricKeyType === 'ec' ? octets : unsignedBytes(openDer(octets, 'a public key'))),
    command: securedCommand(cipher, macKey(cipher, secret)),
    sendSequenceCounter: counter(cipher, RESPONSE_COUNTER),
  }
}

/** PKCS #8 of a private key on the parameters of `spki`, as OpenSSL wrote it. */
function encodeTerminalKey(chipKey: Uint8Array, spki: Uint8Array, seed: Uint8Array): Buffer {
  const [algorithm] = openDer(spki, 'the public key').children()
  const version = encodeTlv(TAG.integer, Buffer.of(0))
  const curve = curveByOid(curveOfKey(chipKey) ?? '')
  if (!curve) {
    const [first = 0, ...rest] = seed.subarray(0, EXPONENT_OCTETS)
    const exponent = encodeTlv(TAG.integer, Buffer.of(0, first | 0x80, ...rest))
    return encodeTlv(TAG.sequence, version, algorithm!.encoding, encodeTlv(TAG.octetString, exponent))
  }
  const scalar = (toNumber(seed) % (BigInt(`0x${curve.order}`) - 1n)) + 1n
  const key = encodeTlv(
    TAG.sequence,
    encodeTlv(TAG.integer, Buffer.of(1)),
    encodeTlv(TAG.octetString, toOctets(scalar, curve.size)),
  )
  return encodeTlv(TAG.sequence, version, algorithm!.encoding, encodeTlv(TAG.octetString, key))
}

/** The command with its checksum over counter, padded header and expected length (9.8.4, 9.8.6 and 9.8.7). */
function securedCommand(cipher: MacCipher, key: Uint8Array): Buffer {
  const block = blockLength(cipher)
  const covered = [counter(cipher, COMMAND_COUNTER), padded(COMMAND_HEADER, block), padded(EXPECTED_LENGTH, block)]
  const checksum = encodeTlv(CHECKSUM, messageAuthenticationCode(cipher, key, Buffer.concat(covered)))
  const body = Buffer.concat([EXPECTED_LENGTH, checksum])
  return Buffer.concat([COMMAND_HEADER, Buffer.of(body.length), body, Buffer.of(0)])
}

/** Counts from 0 when the keys change (9.8.2). */
function counter(cipher: MacCipher, value: number): Buffer {
  const octets = Buffer.alloc(blockLength(cipher))
  octets[octets.length - 1] = value
  return octets
}
