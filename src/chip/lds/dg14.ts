import type { Tlv } from '../der/index.ts'
import type { Note } from './note.ts'
import { readSecurityInfos, type SecurityInfo } from './security-infos.ts'

/** Reads DG14, the security options (ICAO 9303-10, 4.7.14). Throws what `readSecurityInfos` throws. */
export function readDg14(template: Tlv, note: Note): readonly SecurityInfo[] {
  const reader = template.reader()
  const infos = readSecurityInfos(reader.next(), note)
  reader.finish('DG14')
  return infos
}
