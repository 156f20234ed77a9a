import type { Tlv } from '../der/index.ts'
import { readBiometricTemplates } from './biometric-templates.ts'
import type { Note } from './note.ts'

/** DG4: irises, guarded by extended access control and of no use here: counted, not read. */
export interface EncodedIrises {
  readonly templates: number
}

/** Counts DG4's templates (ICAO 9303-10, 4.7.4). Throws what `readBiometricTemplates` throws. */
export function readDg4(template: Tlv, note: Note): EncodedIrises {
  return { templates: readBiometricTemplates(template, note).length }
}
