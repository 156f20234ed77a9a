import { CHARACTERS, logSoftmax } from './recognise-line.ts'
import type { ZoneEvidence } from './sighting.ts'

const KINDS = CHARACTERS.length
/** From this probability on a character counts as surely read. */
const SURE = 0.95
/**
 * Frames of one document differ in at most so many surely read characters: 98 % of 561 pairs of poor photos do. Two
 * documents differ in more: generated ones in seven or more, however poor the photos; twins would in four.
 */
const MOST_CONFLICTS = 3
/**
 * Frames of one document share their print, stamps and often their light, so that the second tells less than the first:
 * `n` frames count as `n ** SHARED` of them. Of 60 documents in five poor photos each, adding up in full was 95 % sure of
 * a wrong character in four, this in none.
 */
const SHARED = 0.5

/** What became of a frame: joined, or why it was left out. */
export type FrameUse = 'joined' | 'other-format' | 'reads-differently'

export interface Combined {
  readonly evidence: ZoneEvidence
  /** The frame that shows most, by its place among the frames. */
  readonly clearest: number
  /** In the order of the frames. */
  readonly uses: readonly FrameUse[]
}

/** What a frame counts for that says nothing credible alone. */
const LEAST_CREDIBILITY = 0.01

/**
 * Adds up the evidence of frames of one document, cell by cell: log-probabilities sum where frames see independently, and
 * are damped because they do not quite. A frame leads that the most credible others agree with (`credibility`, 0 to 1: how
 * surely each is right alone), of several such the clearest; frames that contradict it are left out, so that two documents
 * are never mixed.
 */
export function combineFrames(frames: readonly ZoneEvidence[], credibility: readonly number[]): Combined {
  const order = [...frames.keys()].sort((a, b) => clarity(frames[b]!) - clarity(frames[a]!))
  const weightOf = ({ uses }: Combined) =>
    uses.reduce((sum, use, i) => sum + (use === 'joined' ? credibility[i]! + LEAST_CREDIBILITY : 0), 0)
  return order
    .map((clearest) => ledBy(clearest, order, frames))
    .reduce((best, combined) => (weightOf(combined) > weightOf(best) + 1e-9 ? combined : best))
}

function ledBy(clearest: number, order: readonly number[], frames: readonly ZoneEvidence[]): Combined {
  const uses: FrameUse[] = frames.map(() => 'joined')
  const joined = [frames[clearest]!]
  let evidence = joined[0]!
  for (const at of order) {
    if (at === clearest) continue
    const frame = frames[at]!
    if (!hasShapeOf(frame, evidence)) uses[at] = 'other-format'
    else if (conflicts(frame, evidence) > MOST_CONFLICTS) uses[at] = 'reads-differently'
    else {
      joined.push(frame)
      evidence = summed(joined)
    }
  }
  return { evidence, clearest, uses }
}

/** The mean of the cells' best log-probabilities; what may be cut comes after what is whole. */
function clarity({ logs, columns, isWhole }: ZoneEvidence): number {
  let sum = 0
  for (const line of logs) for (let cell = 0; cell < columns; cell++) sum += line[cell * KINDS + best(line, cell)]!
  return sum / (logs.length * columns) - (isWhole ? 0 : 1)
}

function hasShapeOf(a: ZoneEvidence, b: ZoneEvidence): boolean {
  return a.columns === b.columns && a.logs.length === b.logs.length
}

/** In how many cells both are sure, of different characters. */
function conflicts(a: ZoneEvidence, b: ZoneEvidence): number {
  let count = 0
  a.logs.forEach((line, row) => {
    for (let cell = 0; cell < a.columns; cell++) {
      const [here, there] = [best(line, cell), best(b.logs[row]!, cell)]
      const isSure = Math.min(line[cell * KINDS + here]!, b.logs[row]![cell * KINDS + there]!) > Math.log(SURE)
      if (isSure && here !== there) count++
    }
  })
  return count
}

function summed(frames: readonly ZoneEvidence[]): ZoneEvidence {
  const [first] = frames as [ZoneEvidence]
  const weight = frames.length ** SHARED / frames.length
  const logs = first.logs.map((_, row) => {
    const sum = new Float32Array(first.columns * KINDS)
    for (const { logs } of frames) for (let i = 0; i < sum.length; i++) sum[i]! += weight * logs[row]![i]!
    for (let cell = 0; cell < first.columns; cell++) logSoftmax(sum, cell * KINDS, KINDS)
    return sum
  })
  return { columns: first.columns, logs, isWhole: frames.some(({ isWhole }) => isWhole) }
}

function best(line: Float32Array, cell: number): number {
  let most = 0
  for (let kind = 1; kind < KINDS; kind++) if (line[cell * KINDS + kind]! > line[cell * KINDS + most]!) most = kind
  return most
}
