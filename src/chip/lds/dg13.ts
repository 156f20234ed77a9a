import type { Tlv } from '../der/index.ts'

/** DG13: optional details in a form that each issuer chooses. */
export interface OptionalDetails {
  readonly content: Uint8Array
}

/** Hands out DG13's content as it stands: no standard says what is in it (ICAO 9303-10, 4.7.13). */
export const readDg13 = (template: Tlv): OptionalDetails => ({ content: template.value })
