import type { MacCipher } from './message-authentication.ts'

const CHIP_AUTHENTICATION = '0.4.0.127.0.7.2.2.3.'
const PUBLIC_KEY = '0.4.0.127.0.7.2.2.1.'
/** The last arc of a protocol: its session cipher (ICAO 9303-11, 9.2.4). */
const CIPHERS: readonly (MacCipher | undefined)[] = [undefined, '3des', 'aes128', 'aes192', 'aes256']

/**
 * A protocol of chip authentication: the kind of key that it needs, as an object identifier, and the cipher that
 * follows.
 */
export interface AgreementProtocol {
  readonly keyProtocol: string
  readonly cipher: MacCipher
}

/** What a protocol's object identifier says (ICAO 9303-11, 9.2); undefined where it is none of chip authentication. */
export function agreementProtocol(protocol: string): AgreementProtocol | undefined {
  if (!protocol.startsWith(CHIP_AUTHENTICATION)) return undefined
  const [agreement, cipherArc, ...rest] = protocol.slice(CHIP_AUTHENTICATION.length).split('.')
  const cipher = CIPHERS[Number(cipherArc)]
  const isVariant = (agreement === '1' || agreement === '2') && rest.length === 0
  return isVariant && cipher ? { keyProtocol: PUBLIC_KEY + agreement, cipher } : undefined
}

/** The protocol that chips of the first years mean by a key alone (BSI TR-03110, version 1.1): the key's, with 3DES. */
export const earlyProtocol = (keyProtocol: string): string =>
  `${CHIP_AUTHENTICATION}${keyProtocol.slice(PUBLIC_KEY.length)}.1`

/** A keyId (ICAO 9303-11, 9.2) that either side leaves out does not tell keys apart. */
export const sameKey = (a: number | undefined, b: number | undefined): boolean =>
  a === undefined || b === undefined || a === b
