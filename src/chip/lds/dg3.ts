import type { Tlv } from '../der/index.ts'
import { readBiometricTemplates } from './biometric-templates.ts'
import type { Note } from './note.ts'

/** DG3: fingerprints, guarded by extended access control and of no use here: counted, not read. */
export interface EncodedFingers {
  readonly templates: number
}

/** Counts DG3's templates (ICAO 9303-10, 4.7.3). Throws what `readBiometricTemplates` throws. */
export function readDg3(template: Tlv, note: Note): EncodedFingers {
  return { templates: readBiometricTemplates(template, note).length }
}
