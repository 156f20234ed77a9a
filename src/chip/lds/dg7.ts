import type { Tlv } from '../der/index.ts'
import { type DisplayedPictures, readDisplayedPictures } from './displayed-pictures.ts'
import type { Note } from './note.ts'

const DISPLAYED_SIGNATURE = 0x5f43

/** Reads DG7, the signature or usual mark (ICAO 9303-10, 4.7.7). Throws what `readDisplayedPictures` throws. */
export const readDg7 = (template: Tlv, note: Note): DisplayedPictures =>
  readDisplayedPictures(template, DISPLAYED_SIGNATURE, note)
