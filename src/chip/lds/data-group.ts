/** The number of a data group of the eMRTD application (LDS1), 1 to 16. */
export type DataGroupNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16

/** The tag of each data group's template, DG1 first (ICAO 9303-10, 4.6.1: the tags of EF.COM's list). */
const TEMPLATE_TAGS = [
  0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70,
] as const

/** The tag of a data group's template (ICAO 9303-10, 4.6.1). */
export const templateTag = (dataGroup: DataGroupNumber): number => TEMPLATE_TAGS[dataGroup - 1]!

/** The data group that a template tag belongs to (ICAO 9303-10, 4.6.1); undefined for any other tag. */
export function dataGroupOfTag(tag: number): DataGroupNumber | undefined {
  const index = (TEMPLATE_TAGS as readonly number[]).indexOf(tag)
  return index < 0 ? undefined : ((index + 1) as DataGroupNumber)
}
