import type { Cells } from '../../../src/mrz/network/decode-cells.ts'
import { CHARACTERS, type Frames, logSoftmax } from '../../../src/mrz/network/recognise-line.ts'
import type { ZoneEvidence } from '../../../src/mrz/network/sighting.ts'

const KINDS = CHARACTERS.length

/** Frames as the recogniser gives them for a text: `middle` says where, in frames, each character stands. */
export function framesOf(text: string, count: number, middle: (cell: number) => number): Frames {
  const logs = new Float32Array(count * (KINDS + 1))
  for (let frame = 0; frame < count; frame++) {
    const logits = logs.subarray(frame * (KINDS + 1), (frame + 1) * (KINDS + 1))
    logits[KINDS] = 8
    for (let cell = 0; cell < text.length; cell++) {
      if (Math.abs(middle(cell) - frame) <= 1.1) {
        logits[KINDS] = 0
        logits[CHARACTERS.indexOf(text[cell]!)] = 8
      }
    }
    logSoftmax(logs, frame * (KINDS + 1), KINDS + 1)
  }
  return { count, logs }
}

/** By column from 0: other characters that may stand there, and their log-odds against what is read. */
export type Doubts = Readonly<Record<number, Readonly<Record<string, number>>>>

/** Evidence that surely says these lines, but for the doubts of each. */
export function evidenceOf(lines: readonly string[], doubts: readonly Doubts[] = []): ZoneEvidence {
  return { columns: lines[0]!.length, logs: lines.map((line, row) => logsOf(line, doubts[row])), isWhole: true }
}

function logsOf(text: string, doubts: Doubts = {}): Float32Array {
  const logs = new Float32Array(text.length * KINDS).fill(-14)
  for (let cell = 0; cell < text.length; cell++) {
    logs[cell * KINDS + CHARACTERS.indexOf(text[cell]!)] = 0
    for (const [other, odds] of Object.entries(doubts[cell] ?? {})) {
      logs[cell * KINDS + CHARACTERS.indexOf(other)] = -odds
    }
    logSoftmax(logs, cell * KINDS, KINDS)
  }
  return logs
}

export function textOf({ logs }: Pick<Cells, 'logs'>): string {
  let text = ''
  for (let cell = 0; cell < logs.length; cell += KINDS) {
    const row = [...logs.subarray(cell, cell + KINDS)]
    text += CHARACTERS[row.indexOf(Math.max(...row))]
  }
  return text
}
