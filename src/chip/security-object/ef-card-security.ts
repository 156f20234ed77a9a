import type { Deviation } from '../../check/index.ts'
import { readSignedData, type SignedData } from '../cms/index.ts'
import { malformed, openTlv } from '../der/index.ts'
import { readSecurityInfos, type SecurityInfo } from '../lds/index.ts'
import { MAX_EF_SOD_LENGTH } from './ef-sod.ts'

const SECURITY_OBJECT = '0.4.0.127.0.7.3.2.1'

/** EF.CardSecurity (ICAO 9303-11, 9.2.12): the chip's security infos, signed by a document signer. */
export interface CardSecurityFile {
  readonly signedData: SignedData
  readonly infos: readonly SecurityInfo[]
  readonly deviations: readonly Deviation[]
}

/**
 * Reads EF.CardSecurity (ICAO 9303-11, 9.2.12): SignedData without a tag of its own around it, over SecurityInfos.
 * Nothing is verified yet. Throws `card-security-too-large`, `content-type-unexpected`, and what `readSignedData` and
 * `readSecurityInfos` throw.
 */
export function readEfCardSecurity(bytes: Uint8Array): CardSecurityFile {
  if (bytes.length > MAX_EF_SOD_LENGTH) throw malformed('card-security-too-large', 'longer than any chip holds')
  const signedData = readSignedData(bytes)
  const { contentType, content } = signedData
  if (contentType !== SECURITY_OBJECT) {
    throw malformed('content-type-unexpected', `EF.CardSecurity signs content of the kind ${contentType}`)
  }
  const codes = new Set(signedData.deviations)
  const root = openTlv(content, { ber: true })
  if (root.end !== content.length) throw malformed('der-trailing-bytes', 'the security infos are followed by others')
  const infos = readSecurityInfos(root, (code) => codes.add(`cardsecurity-${code}`))
  if (root.input.ber) codes.add('ber-encoding')
  return { signedData, infos, deviations: [...codes].map((code) => ({ code, where: 'EF_CardSecurity' })) }
}
