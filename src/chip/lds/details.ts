import type { Evidence, Json } from '../../check/index.ts'
import type { ChipPortrait } from '../report.ts'
import { lds2Applications, readEfDir } from './ef-dir.ts'
import type { FaceImage } from './face-image.ts'
import type { DataGroups } from './read-data-groups.ts'
import type { SecurityInfo } from './security-infos.ts'

/**
 * What the chip says beyond its MRZ (ICAO 9303-10, 4.6 and 4.7), by file, as plain JSON: texts, dates (ISO 8601), names
 * and counts, but no pictures. `cardSecurity` are EF.CardSecurity's infos.
 */
export function detailsOf(groups: DataGroups, cardSecurity: readonly SecurityInfo[] = []): Evidence {
  const details: Record<string, Json> = {}
  const { com, dg11, dg12, dg16 } = groups
  if (com) details.com = { ...com }
  if (groups.dg2) details.dg2 = { images: groups.dg2.images.map(faceFacts) }
  if (groups.dg3) details.dg3 = { ...groups.dg3 }
  if (groups.dg4) details.dg4 = { ...groups.dg4 }
  if (groups.dg5) details.dg5 = { pictures: groups.dg5.pictures.map(pictureFacts) }
  if (groups.dg7) details.dg7 = { pictures: groups.dg7.pictures.map(pictureFacts) }
  if (dg11) details.dg11 = withoutPictures(dg11)
  if (dg12) details.dg12 = withoutPictures(dg12)
  if (groups.dg13) details.dg13 = { octets: groups.dg13.content.length }
  if (groups.dg14) details.dg14 = { protocols: groups.dg14.map(({ kind, protocol }) => ({ kind, protocol })) }
  if (groups.dg15) details.dg15 = { algorithm: groups.dg15.algorithm }
  if (dg16) details.dg16 = { persons: dg16.map(withoutPictures) }
  if (groups.dir) details.dir = { applications: groups.dir.map((application) => ({ ...application })) }
  const lds2 = lds2Of(groups, cardSecurity)
  if (lds2.length > 0) details.lds2 = lds2
  return details
}

/** The portrait that a face is compared with: the first image of DG2 (ICAO 9303-10, 4.7.2); undefined without one. */
export function portraitOf({ dg2 }: DataGroups): ChipPortrait | undefined {
  const first = dg2?.images[0]
  return first && { encoding: first.encoding, bytes: first.bytes }
}

function pictureFacts({ encoding, width, height }: { encoding: string; width: number; height: number }) {
  return { encoding, width, height }
}

function faceFacts({ encoding, width, height, standard, featurePoints, landmarks }: FaceImage): Json {
  return { encoding, width, height, standard, featurePoints: featurePoints.length, landmarks }
}

function withoutPictures(fields: object): Evidence {
  const texts = Object.entries(fields).filter(([, value]) => !(value instanceof Uint8Array))
  return Object.fromEntries(texts) as Evidence
}

/** The applications of LDS2 that EF.DIR lists, or a signed copy of it. */
function lds2Of({ dir = [], dg14 = [] }: DataGroups, cardSecurity: readonly SecurityInfo[]): string[] {
  const copied = [...dg14, ...cardSecurity].flatMap((info) => {
    if (info.kind !== 'ef-dir') return []
    try {
      return lds2Applications(readEfDir(info.content, () => {}))
    } catch {
      return [] // EF.DIR only informs; a damaged copy announces nothing.
    }
  })
  return [...new Set([...lds2Applications(dir), ...copied])]
}
