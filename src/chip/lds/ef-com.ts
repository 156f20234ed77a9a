import type { Deviation } from '../../check/index.ts'
import { malformed, type Tlv } from '../der/index.ts'
import { type DataGroupNumber, dataGroupOfTag } from './data-group.ts'
import type { Note } from './note.ts'

/** EF.COM, the common data elements. It is not signed: it informs and never overrides EF.SOD. */
export interface CommonData {
  /** As in `1.7`. */
  readonly ldsVersion: string
  /** As in `4.0.0`. */
  readonly unicodeVersion: string
  /** The data groups it lists, in its order. */
  readonly dataGroups: readonly DataGroupNumber[]
}

export const EF_COM_TAG = 0x60

const LDS_VERSION = 0x5f01
const UNICODE_VERSION = 0x5f36
const TAG_LIST = 0x5c

/** Reads EF.COM (ICAO 9303-10, 4.6.1). Throws `com-version` and what the TLV reader throws. */
export function readEfCom(template: Tlv, note: Note): CommonData {
  const reader = template.reader()
  const ldsVersion = versionOf(reader.take(LDS_VERSION, 'the LDS version'), 4)
  const unicodeVersion = versionOf(reader.take(UNICODE_VERSION, 'the Unicode version'), 6)
  const tags = reader.take(TAG_LIST, 'the list of data groups').value
  reader.finish('EF.COM')
  const dataGroups: DataGroupNumber[] = []
  for (const tag of tags) {
    const dataGroup = dataGroupOfTag(tag)
    if (dataGroup === undefined) note('unknown-tag', { tag })
    else if (dataGroups.includes(dataGroup)) note('repeated-tag', { dataGroup })
    else dataGroups.push(dataGroup)
  }
  return { ldsVersion, unicodeVersion, dataGroups }
}

/** What EF.SOD says of itself where EF.COM says it too: LDS version 1.8 repeats the version under the signature. */
export interface SignedCommonData {
  readonly ldsVersion?: string | undefined
  readonly dataGroups: readonly number[]
}

/**
 * Where EF.COM differs from the signed EF.SOD: `com-lds-version-mismatch`, `com-dg-list-mismatch`
 * (ICAO 9303-10, 4.6.2: EF.SOD decides).
 */
export function compareEfCom(com: CommonData, signed: SignedCommonData): Deviation[] {
  const deviations: Deviation[] = []
  if (signed.ldsVersion !== undefined && signed.ldsVersion !== com.ldsVersion) {
    const evidence = { com: com.ldsVersion, sod: signed.ldsVersion }
    deviations.push({ code: 'com-lds-version-mismatch', where: 'EF_COM', evidence })
  }
  const ascending = (groups: readonly number[]) => [...new Set(groups)].sort((a, b) => a - b)
  const listed = ascending(com.dataGroups)
  const hashed = ascending(signed.dataGroups)
  if (listed.join() !== hashed.join()) {
    deviations.push({ code: 'com-dg-list-mismatch', where: 'EF_COM', evidence: { com: listed, sod: hashed } })
  }
  return deviations
}

/** `0107` as `1.7`, `040000` as `4.0.0`: two digits a part (ICAO 9303-10, 4.6.1). */
export function dottedVersion(digits: string): string {
  const parts: number[] = []
  for (let at = 0; at + 2 <= digits.length; at += 2) parts.push(Number(digits.slice(at, at + 2)))
  return parts.join('.')
}

function versionOf(element: Tlv, length: number): string {
  const text = Buffer.from(element.value).toString('latin1')
  if (text.length !== length || !/^\d*$/.test(text)) throw malformed('com-version', 'a version that is not all digits')
  return dottedVersion(text)
}
