import { cellAlphabets } from '../alphabet.ts'
import { MRZ_LAYOUTS, type MrzLayout } from '../layout.ts'
import type { MrzFormat } from '../reading.ts'
import { CHARACTERS, logSoftmax } from './recognise-line.ts'
import type { ZoneEvidence } from './sighting.ts'
import { weighState } from './weigh-state.ts'

const KINDS = CHARACTERS.length
/** Nats against a character where the standard allows none such: strong, but not deaf to what is plainly printed. */
const OUT_OF_PLACE = 10

/** How the first line opens, by format (ICAO 9303-4 to -7). */
const OPENINGS: Readonly<Record<MrzFormat, readonly string[]>> = {
  TD1: ['ACI'],
  TD2: ['ACI'],
  TD3: ['P'],
  'MRV-A': ['V'],
  'MRV-B': ['V'],
  FRID: ['I', 'D', 'F', 'R', 'A'],
}

/** By format, line and cell: the nats against each of the 37 characters. */
const PENALTIES = new Map(Object.values(MRZ_LAYOUTS).map((layout) => [layout.format, penaltiesOf(layout)]))

function penaltiesOf(layout: MrzLayout): Float32Array[] {
  return cellAlphabets(layout).map((row, line) => {
    const cells = row.map((alphabet, column) => (line === 0 && OPENINGS[layout.format][column]) || alphabet)
    return Float32Array.from(
      cells.flatMap((allowed) => [...CHARACTERS].map((c) => (allowed.includes(c) ? 0 : OUT_OF_PLACE))),
    )
  })
}

/** Evidence taken for that of one format. */
export interface FormatReading {
  readonly layout: MrzLayout
  /** Line by line: log-probabilities of the 37 characters of every cell, the format taken into account. */
  readonly logs: readonly Float32Array[]
  readonly lines: readonly string[]
  /** The mean log-probability of each cell's likeliest character that the format allows there: 0 is perfect. */
  readonly evidence: number
  /** The probability of this format among those of its shape, 0 to 1. */
  readonly certainty: number
}

/** Reads the cells as that format of their shape which explains them best; undefined when none has their shape. */
export function chooseFormat({ columns, logs }: Pick<ZoneEvidence, 'columns' | 'logs'>): FormatReading | undefined {
  const found = Object.values(MRZ_LAYOUTS)
    .filter((layout) => layout.lines === logs.length && layout.columns === columns)
    .map((layout) => readAs(layout, logs))
    .sort((a, b) => b.evidence - a.evidence)
  const [best] = found
  if (!best) return undefined
  const odds = found.map(({ evidence }) => Math.exp((evidence - best.evidence) * logs.length * columns))
  return { ...best, certainty: 1 / odds.reduce((sum, each) => sum + each, 0) }
}

function readAs(layout: MrzLayout, evidence: readonly Float32Array[]): Omit<FormatReading, 'certainty'> {
  let sum = 0
  const logs = evidence.map((line, row) => {
    const against = PENALTIES.get(layout.format)![row]!
    const weighed = new Float32Array(line.length)
    for (let cell = 0; cell < weighed.length; cell += KINDS) {
      let most = -Infinity
      for (let i = cell; i < cell + KINDS; i++) {
        weighed[i] = line[i]! - against[i]!
        if (weighed[i]! > most) most = weighed[i]!
      }
      sum += most
      logSoftmax(weighed, cell, KINDS)
    }
    return weighed
  })
  for (const span of [layout.fields.issuingState, layout.fields.nationality]) if (span) weighState(logs, span)
  return { layout, logs, lines: logs.map(likeliest), evidence: sum / (layout.lines * layout.columns) }
}

function likeliest(logs: Float32Array): string {
  let text = ''
  for (let cell = 0; cell < logs.length; cell += KINDS) {
    let best = 0
    for (let kind = 1; kind < KINDS; kind++) if (logs[cell + kind]! > logs[cell + best]!) best = kind
    text += CHARACTERS[best]
  }
  return text
}
