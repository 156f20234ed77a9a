import {
  isZeroPadded,
  type LdsSecurityObject,
  readLdsSecurityObject,
  readSignedData,
  type SignedData,
} from '../cms/index.ts'
import { malformed, openTlv, TAG } from '../der/index.ts'
import { STRICT, type Tolerances } from '../tolerance.ts'

const EF_SOD_TAG = 0x77
/** Real ones have 1 to 6 KB; a file of the chip can have 32. */
export const MAX_EF_SOD_LENGTH = 64 * 1024

const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'
/** Belgium and France, and the Netherlands, before ICAO had assigned its own. */
const LEGACY_CONTENT_TYPES: readonly string[] = ['1.3.27.1.1.1', '1.2.528.1.1006.1.20.1']
/** China says no more than that it is data. */
const ID_DATA = '1.2.840.113549.1.7.1'

/** EF.SOD (ICAO 9303-10, 4.6.2): SignedData in an application tag. */
export interface SecurityObjectFile {
  readonly signedData: SignedData
  readonly deviations: readonly string[]
}

/**
 * Reads EF.SOD (ICAO 9303-10, 4.6.2). Zeros behind it come from reading a file of fixed size and are noted as
 * `trailing-bytes`. Throws `sod-too-large`, `sod-tag`, and what `readSignedData` throws.
 */
export function readEfSod(bytes: Uint8Array, tolerances: Tolerances = STRICT): SecurityObjectFile {
  if (bytes.length > MAX_EF_SOD_LENGTH) throw malformed('sod-too-large', 'EF.SOD is longer than any chip holds')
  const root = openTlv(bytes, { ber: true })
  if (root.tag === TAG.sequence && tolerances.has('sod-tag-missing')) {
    const bare = readSignedData(bytes)
    return { signedData: bare, deviations: [...bare.deviations, 'sod-tag-missing'] }
  }
  if (root.tag !== EF_SOD_TAG) throw malformed('sod-tag', 'EF.SOD does not start with its tag')
  const signedData = readSignedData(root.value)
  const deviations = new Set(signedData.deviations)
  if (root.input.ber) deviations.add('ber-encoding')
  if (isZeroPadded(bytes, root.end)) deviations.add('trailing-bytes')
  return { signedData, deviations: [...deviations] }
}

/**
 * What a content type other than ICAO's is called; throws `content-type-unexpected` when it is none of a passport's.
 */
export function contentTypeDeviations({ contentType }: SignedData): readonly string[] {
  if (contentType === LDS_SECURITY_OBJECT) return []
  if (LEGACY_CONTENT_TYPES.includes(contentType)) return ['econtent-type-legacy']
  if (contentType === ID_DATA) return ['econtent-type-id-data']
  throw malformed('content-type-unexpected', `EF.SOD signs content of the kind ${contentType}`)
}

/**
 * The signed list of hashes (ICAO 9303-10, 4.6.2.3). Throws `content-type-unexpected` and what `readLdsSecurityObject`
 * throws.
 */
export function readSignedHashes(signedData: SignedData): { object: LdsSecurityObject; deviations: readonly string[] } {
  const object = readLdsSecurityObject(signedData.content)
  return { object, deviations: [...contentTypeDeviations(signedData), ...object.deviations] }
}
