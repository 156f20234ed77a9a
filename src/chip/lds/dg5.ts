import type { Tlv } from '../der/index.ts'
import { type DisplayedPictures, readDisplayedPictures } from './displayed-pictures.ts'
import type { Note } from './note.ts'

const DISPLAYED_PORTRAIT = 0x5f40

/** Reads DG5, the portrait as it is printed (ICAO 9303-10, 4.7.5). Throws what `readDisplayedPictures` throws. */
export const readDg5 = (template: Tlv, note: Note): DisplayedPictures =>
  readDisplayedPictures(template, DISPLAYED_PORTRAIT, note)
