import { cellAlphabets } from '../alphabet.ts'
import { MRZ_LAYOUTS, type MrzLayout } from '../layout.ts'
import type { MrzFormat } from '../reading.ts'
import type { Cells } from './decode-cells.ts'
import { CHARACTERS, logSoftmax } from './recognise-line.ts'

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

/** Cells taken for those of one format. */
export interface FormatReading {
  readonly layout: MrzLayout
  /** Line by line: log-probabilities of the 37 characters of every cell, the format taken into account. */
  readonly logs: readonly Float32Array[]
  readonly lines: readonly string[]
}

/** Reads the cells as that format of their shape which explains them best. */
export function chooseFormat(cells: readonly Cells[]): FormatReading | undefined {
  const found = Object.values(MRZ_LAYOUTS)
    .filter(({ lines, columns }) => lines === cells.length && columns === cells[0]!.columns)
    .map((layout) => readAs(layout, cells))
  return found.sort((a, b) => b.evidence - a.evidence)[0]
}

function readAs(layout: MrzLayout, cells: readonly Cells[]): FormatReading & { readonly evidence: number } {
  const alphabets = cellAlphabets(layout).map((row) => [...row])
  OPENINGS[layout.format].forEach((allowed, column) => {
    alphabets[0]![column] = allowed
  })
  let evidence = 0
  const logs = cells.map((line, row) => {
    const weighed = line.logs.slice()
    for (let cell = 0; cell < line.columns; cell++) {
      const alphabet = alphabets[row]![cell]!
      let most = -Infinity
      for (let kind = 0; kind < KINDS; kind++) {
        if (!alphabet.includes(CHARACTERS[kind]!)) weighed[cell * KINDS + kind]! -= OUT_OF_PLACE
        most = Math.max(most, weighed[cell * KINDS + kind]!)
      }
      evidence += most
      logSoftmax(weighed, cell * KINDS, KINDS)
    }
    return weighed
  })
  return { layout, logs, lines: logs.map(likeliest), evidence }
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
