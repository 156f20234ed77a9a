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
 * Adds up the evidence of one or more frames and judges the sum, or takes a frame that is surer alone. Where a frame that was left out is a valid reading of its own, it shows another document, and nothing is accepted.
 */
export function judgeFrames(frames: readonly ZoneEvidence[], calibration: Calibration, at: Date): JudgedFrames {
  const alone = frames.map((frame) => judged(frame, calibration, at))
  const credibility = alone.map((reading) => (reading.found ? reading.confidence : 0))
  const { evidence, uses, clearest } = combineFrames(frames, credibility)
  const disagree = alone.some((reading, i) => uses[i] !== 'joined' && reading.found && reading.valid)
  const sum = judged(evidence, calibration, at, disagree ? ['frames-disagree'] : [])
  if (!sum.found || disagree) return { reading: sum, uses, clearest }
  const readings = [sum, ...alone.filter((_, i) => uses[i] === 'joined')].filter((reading) => reading.found)
  const reading = readings.reduce((surest, each) => (each.confidence > surest.confidence ? each : surest))
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
