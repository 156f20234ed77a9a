import { malformed, smallInteger, TAG, type Tlv } from '../der/index.ts'
import type { Note } from './note.ts'

/** How many biometric templates one data group may hold: ten fingers, with room to spare. */
const MAX_TEMPLATES = 32

const TEMPLATE_GROUP = 0x7f61
const TEMPLATE = 0x7f60
const HEADER = 0xa1
/** Random padding of a data group whose template group is empty (ICAO 9303-10, 4.7.3 and 4.7.4). */
const DISCRETIONARY_DATA = 0x53

/** One biometric information template (ISO/IEC 7816-11): where its data block starts; the block is not read here. */
export interface BiometricTemplate {
  /** 0x5f2e: a record of ISO/IEC 19794; 0x7f2e: ASN.1 of ISO/IEC 39794. */
  readonly data: Tlv
}

/**
 * Reads the biometric information group template of DG2, DG3 or DG4 (ICAO 9303-10, 4.7.2 to 4.7.4; ISO/IEC 7816-11)
 * down to its data blocks. Throws `biometric-count` where the count is not that of the templates, `biometric-too-many`,
 * `biometric-header`.
 */
export function readBiometricTemplates(group: Tlv, note: Note): BiometricTemplate[] {
  const outer = group.reader()
  const inner = outer.take(TEMPLATE_GROUP, 'the biometric group template').reader()
  if (outer.takeOptional(DISCRETIONARY_DATA) && !outer.atEnd) note('discretionary-data')
  outer.finish('the data group')
  const count = smallInteger(inner.take(TAG.integer, 'the number of templates'))
  if (count > MAX_TEMPLATES) throw malformed('biometric-too-many', `more than ${MAX_TEMPLATES} biometric templates`)
  const templates: BiometricTemplate[] = []
  while (inner.peek() === TEMPLATE && templates.length < count) templates.push(readTemplate(inner.next()))
  if (inner.takeOptional(DISCRETIONARY_DATA) && count > 0) note('discretionary-data')
  if (templates.length !== count || !inner.atEnd) {
    throw malformed('biometric-count', 'the number of biometric templates is not the one declared')
  }
  return templates
}

function readTemplate(template: Tlv): BiometricTemplate {
  const reader = template.reader()
  reader.take(HEADER, 'the biometric header')
  const data = reader.next()
  if (data.tag !== 0x5f2e && data.tag !== 0x7f2e) {
    throw malformed('biometric-header', 'a biometric template without its data block')
  }
  reader.finish('the biometric template')
  return { data }
}
