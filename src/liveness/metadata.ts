import { readExif } from '../image/index.ts'
import type { ObservedFrame } from './frame.ts'
import type { CapturedFrame } from './observe.ts'

/** A camera's clock shows the time of any zone, and may be some hours wrong, ms. */
const MAX_CLOCK_ERROR = 26 * 3_600_000
/** Frames of one performance are taken within this time, ms; Exif counts whole seconds. */
const MAX_SPREAD = 90_000

/**
 * What the frames' own metadata says against them, as stable codes. Metadata is easily lost or forged: nothing here
 * proves anything, but whoever looks into a case wants to know.
 */
export function metadataDoubts(
  frames: readonly CapturedFrame[],
  observed: readonly ObservedFrame[],
  at: Date,
): readonly string[] {
  const exifs = frames.map(({ bytes }) => readExif(bytes))
  const written = exifs.filter((exif) => exif !== undefined)
  const times = written.flatMap(({ takenAt }) => takenAt ?? [])
  const doubts: Record<string, boolean> = {
    'frame-sizes-differ': new Set(observed.map(({ size }) => `${size.width} ${size.height}`)).size > 1,
    'frame-metadata-mixed': written.length > 0 && written.length < frames.length,
    'frame-software-differs': new Set(written.map(({ software }) => software)).size > 1,
    'frame-dates-not-in-order': times.some((time, i) => i > 0 && time < times[i - 1]!),
    'frame-dates-too-far-apart': times.length > 0 && Math.max(...times) - Math.min(...times) > MAX_SPREAD,
    'frame-dates-of-another-time': times.some((time) => Math.abs(time - at.getTime()) > MAX_CLOCK_ERROR),
  }
  return Object.keys(doubts).filter((code) => doubts[code])
}
