import { ACCEPTED_CONFIDENCE } from '../read-mrz.ts'
import type { MrzMissing, MrzReading } from '../reading.ts'
import type { ZoneView } from './measure-zone.ts'

/** What is said by each code, in the order in which it is asked for. */
const TEXTS = {
  none: 'The picture is good: its lines can be read.',
  'more-light': 'It is too dark: find more light.',
  'show-zone': 'Show the whole page, with the lines of letters and < signs along its edge.',
  'show-whole-zone': 'Part of the lines is missing: move back a little, and keep fingers away from them.',
  'come-closer': 'Come closer: the print is too small.',
  'hold-flat': 'Hold the camera straight above the page.',
  'avoid-glare': 'A reflection covers part of the lines: tilt the page a little.',
  'hold-still': 'The picture is blurred: hold still and let the camera focus.',
  'another-picture': 'Almost: hold still for another picture.',
} as const

export type AdviceCode = keyof typeof TEXTS
export const ADVICE = Object.keys(TEXTS) as AdviceCode[]

/** One thing to tell the person who holds the camera. */
export interface Advice {
  readonly code: AdviceCode
  readonly text: string
}

/** A picture whose mean brightness is below this, in percent, is dark. */
const DARK = 12
/**
 * Pixels a character, and sharpness, below which readings fail by and by (`genkend bench mrz --guidance`): of 20 pages 18 are
 * accepted as they are, 15 at 7 pixels, 13 at 6; 14 at sharpness 44, 12 at 21, 5 at 3; shaken, 16 at 52, 2 at 28.
 */
const SMALL = 7
const UNSHARP = 50
/** Percent of the characters washed out: already one may be one too many. */
const GLARING = 1
const SLANTED = 25
const FAINT = 12

/**
 * The first thing to do for a better picture. Nothing is asked of one that was read: measures explain a failure, they do not
 * make one. `brightness` is the picture's mean, in percent.
 */
export function advise(reading: MrzReading | MrzMissing, zone: ZoneView | undefined, brightness: number): Advice {
  return advice(codeOf(reading, zone, brightness))
}

function codeOf(reading: MrzReading | MrzMissing, zone: ZoneView | undefined, brightness: number): AdviceCode {
  // What is surely read and yet not accepted is the document's fault: no picture will mend it.
  if (reading.found && (reading.accepted || reading.confidence >= ACCEPTED_CONFIDENCE)) return 'none'
  if (brightness < DARK) return 'more-light'
  if (!zone) return 'show-zone'
  if (zone.cutOff) return 'show-whole-zone'
  if (zone.pixelsPerCharacter < SMALL) return 'come-closer'
  if (zone.slant > SLANTED) return 'hold-flat'
  if (zone.glare >= GLARING) return 'avoid-glare'
  if (zone.contrast < FAINT) return 'more-light'
  if (zone.sharpness < UNSHARP) return 'hold-still'
  // Clear print that seems to go on: something covers the rest.
  return reading.found && reading.doubts?.includes('lines-unclear') ? 'show-whole-zone' : 'another-picture'
}

function advice(code: AdviceCode): Advice {
  return { code, text: TEXTS[code] }
}
