import type { Calibration } from './network/calibration.ts'
import { combineFrames, type FrameUse } from './network/combine-frames.ts'
import { decodeEvidence } from './network/decode-evidence.ts'
import type { ZoneEvidence } from './network/sighting.ts'
import { judgeMrz } from './read-mrz.ts'
import type { MrzMissing, MrzReading } from './reading.ts'

/** Several frames of one document, judged together. */
export interface JudgedFrames {
  readonly reading: MrzReading | MrzMissing
  /** In the order of the frames. */
  readonly uses: readonly FrameUse[]
  /** The frame that shows most, by its place among the frames. */
  readonly clearest: number
}

/**
 * Adds up the evidence of one or more frames and judges the sum: as sure as the sum is, or as a frame alone that says the
 * same. Where a frame that was left out is a valid reading of its own, it shows another document, and nothing is accepted.
 */
export function judgeFrames(frames: readonly ZoneEvidence[], calibration: Calibration, at: Date): JudgedFrames {
  const { evidence, uses, clearest } = combineFrames(frames)
  const alone = frames.map((frame) => judged(frame, calibration, at))
  const disagree = alone.some((reading, i) => uses[i] !== 'joined' && reading.found && reading.valid)
  const sum = judged(evidence, calibration, at, disagree ? ['frames-disagree'] : [])
  if (!sum.found || disagree) return { reading: sum, uses, clearest }
  const same = alone.filter((reading, i) => uses[i] === 'joined' && sameLines(reading, sum)) as MrzReading[]
  const reading = same.reduce((surest, each) => (each.confidence > surest.confidence ? each : surest), sum)
  return { reading, uses, clearest }
}

function judged(
  evidence: ZoneEvidence,
  calibration: Calibration,
  at: Date,
  doubts: readonly string[] = [],
): MrzReading | MrzMissing {
  const decoded = decodeEvidence(evidence, calibration)
  return decoded ? judgeMrz(decoded, at, doubts) : { found: false, reason: 'mrz-unreadable' }
}

function sameLines(a: MrzReading | MrzMissing, b: MrzReading): boolean {
  return a.found && a.lines.join() === b.lines.join()
}
