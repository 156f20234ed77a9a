import { integer, oid, sequence, setOf, tagged } from '../pki/asn1.ts'

/** Tags of the data groups that specimens have (ICAO 9303-10, 4.6.1). */
export const DATA_GROUP_TAGS = { 1: 0x61, 2: 0x75, 11: 0x6b, 14: 0x6e, 15: 0x6f } as const

export type SpecimenDataGroup = keyof typeof DATA_GROUP_TAGS

const text = (tag: number, value: string) => tagged(tag, Buffer.from(value))

/** EF.COM: LDS 1.7, Unicode 4.0.0 and the data groups there are (4.6.1). */
export function writeEfCom(dataGroups: readonly SpecimenDataGroup[]): Buffer {
  const tags = Buffer.from(dataGroups.map((dataGroup) => DATA_GROUP_TAGS[dataGroup]))
  return tagged(0x60, text(0x5f01, '0107'), text(0x5f36, '040000'), tagged(0x5c, tags))
}

/** DG1: the machine readable zone, its lines joined (4.7.1). */
export const writeDg1 = (mrz: readonly string[]): Buffer => tagged(DATA_GROUP_TAGS[1], text(0x5f1f, mrz.join('')))

/** What DG11 says of the holder, in the characters of the holder's own name (4.7.11). */
export interface HolderDetails {
  readonly surname: string
  readonly givenNames: string
  readonly personalNumber: string
  /** ISO 8601. */
  readonly dateOfBirth: string
  readonly placeOfBirth: readonly string[]
}

export function writeDg11(holder: HolderDetails): Buffer {
  const elements = [
    text(0x5f0e, `${holder.surname}<<${holder.givenNames}`.replaceAll(' ', '<')),
    text(0x5f10, holder.personalNumber),
    text(0x5f2b, holder.dateOfBirth.replaceAll('-', '')),
    text(0x5f11, holder.placeOfBirth.join('<')),
  ]
  const tags = Buffer.concat(elements.map((element) => element.subarray(0, 2)))
  return tagged(DATA_GROUP_TAGS[11], tagged(0x5c, tags), ...elements)
}

/** DG14: the hash function of active authentication with curves, as ActiveAuthenticationInfo (9303-11, 9.2.5). */
export function writeDg14(signatureAlgorithm: string): Buffer {
  const info = sequence(oid('2.23.136.1.1.5'), integer(1), oid(signatureAlgorithm))
  return tagged(DATA_GROUP_TAGS[14], setOf(info))
}

/** DG15: the public key for active authentication, a SubjectPublicKeyInfo (4.7.15). */
export const writeDg15 = (publicKey: Uint8Array): Buffer => tagged(DATA_GROUP_TAGS[15], publicKey)
