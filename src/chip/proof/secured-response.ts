import { timingSafeEqual } from 'node:crypto'
import { malformed, readerOf } from '../der/index.ts'
import { blockLength, type MacCipher, messageAuthenticationCode, padded } from './message-authentication.ts'

/** An extended-length response, with room for its data objects. */
const MAX_RESPONSE_OCTETS = 66_000

const PLAIN_DATA = 0x81
const ENCRYPTED_DATA = [0x85, 0x87]
const STATUS = 0x99
const CHECKSUM = 0x8e

/** A response under secure messaging (ICAO 9303-11, 9.8.4): what its checksum covers, and the checksum. */
export interface SecuredResponse {
  readonly covered: Uint8Array
  readonly checksum: Uint8Array
}

/**
 * Takes a secured response APDU (ICAO 9303-11, 9.8.4; ISO/IEC 7816-4) apart: data, DO 99 (status), DO 8E (checksum),
 * and the bare status words, which may be absent and must repeat DO 99. Throws `secured-response`.
 */
export function readSecuredResponse(apdu: Uint8Array): SecuredResponse {
  if (apdu.length > MAX_RESPONSE_OCTETS) throw malformed('secured-response', 'a response longer than there are')
  const reader = readerOf(apdu, { ber: true })
  let element = reader.next()
  if (element.tag === PLAIN_DATA || ENCRYPTED_DATA.includes(element.tag)) element = reader.next()
  if (element.tag !== STATUS || element.value.length !== 2) {
    throw malformed('secured-response', 'a response without its secured status')
  }
  const status = element.value
  const covered = apdu.subarray(0, element.end)
  const checksum = reader.take(CHECKSUM, 'the checksum').value
  if (checksum.length !== 8) throw malformed('secured-response', 'a checksum of another length than 8 octets')
  const bare = apdu.subarray(reader.offset)
  if (bare.length !== 0 && (bare.length !== 2 || bare[0] !== status[0] || bare[1] !== status[1])) {
    throw malformed('secured-response', 'status words that differ from the secured ones')
  }
  return { covered, checksum }
}

/**
 * Whether the checksum is that of `macKey` under the send sequence counter of the response (ICAO 9303-11, 9.8.6 and
 * 9.8.7).
 */
export function checksumHolds(
  { covered, checksum }: SecuredResponse,
  cipher: MacCipher,
  macKey: Uint8Array,
  sendSequenceCounter: Uint8Array,
): boolean {
  const message = Buffer.concat([sendSequenceCounter, padded(covered, blockLength(cipher))])
  return timingSafeEqual(messageAuthenticationCode(cipher, macKey, message), checksum)
}
