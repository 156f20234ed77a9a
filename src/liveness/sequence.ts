import { type Finding, isSeen, median, type ObservedFrame } from './frame.ts'

/** Fewer frames show no movement, more than a minute of them is no answer to a challenge of seconds. */
export const MIN_FRAMES = 8
export const MAX_FRAMES = 400
const MAX_DURATION_MS = 60_000
/** No camera of a phone or laptop is faster. */
const MIN_INTERVAL_MS = 4
/** Longer gaps hide what happened between two frames. */
const MAX_GAP_MS = 700
const MAX_USUAL_GAP_MS = 350
/** Blur in a quick movement loses a face now and then. */
const MAX_SHARE_WITHOUT_FACE = 0.15
/** A second face this large, by area, is in the foreground. */
const MAX_RIVAL = 0.5

/** Whether the frames are one uninterrupted recording of one face: enough of them, in order, none twice. */
export function checkSequence(frames: readonly ObservedFrame[]): Finding {
  if (frames.length < MIN_FRAMES) return 'too-few-frames'
  if (frames.length > MAX_FRAMES || frames.at(-1)!.time - frames[0]!.time > MAX_DURATION_MS) return 'too-many-frames'
  const intervals = frames.slice(1).map(({ time }, i) => time - frames[i]!.time)
  if (!intervals.every((interval) => interval >= MIN_INTERVAL_MS)) return 'frames-not-in-order'
  if (intervals.some((interval) => interval > MAX_GAP_MS) || median(intervals) > MAX_USUAL_GAP_MS)
    return 'frames-too-sparse'
  if (new Set(frames.map(({ digest }) => digest)).size < frames.length) return 'frames-repeated'
  const seen = frames.filter(isSeen)
  if (frames.length - seen.length > MAX_SHARE_WITHOUT_FACE * frames.length) return 'face-lost'
  if (seen.some(({ face }) => face.rival > MAX_RIVAL)) return 'several-faces'
  return 'ok'
}
