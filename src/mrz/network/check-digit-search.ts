import type { MrzLayout, Span } from '../layout.ts'
import { parseMrz } from '../parse.ts'
import type { MrzCorrection } from '../reading.ts'
import type { FormatReading } from './choose-format.ts'
import { CHARACTERS } from './recognise-line.ts'

const KINDS = CHARACTERS.length
/** What all changes together may cost, in nats: the log-odds of what was read against what is put in its place. */
const MAX_COST = 4
/** By so much the best repair must be cheaper than the next. */
const MARGIN = 1.5
/** Letters that issuers avoid in document numbers because they look like digits, and the nats against them there. */
const AVOIDED = 'ODQI'
const UNUSUAL = 1.5
/** So many readings are tried at most. */
const MAX_TRIES = 400
/** Whether check digits hold does not depend on the day. */
const ANY_DAY = new Date(0)

/** A reading after the check digits were heard. */
export interface Checked {
  readonly lines: readonly string[]
  readonly corrections: readonly MrzCorrection[]
  /** Nats that the corrections cost. */
  readonly cost: number
  readonly valid: boolean
}

interface Swap {
  readonly line: number
  readonly column: number
  readonly character: string
  readonly cost: number
}

interface Attempt {
  readonly swaps: readonly Swap[]
  readonly cost: number
  /** Index of the dearest swap in the list of all. */
  readonly last: number
}

/**
 * Where check digits fail, looks for the likeliest other reading in which all hold, cheapest first. It is taken only
 * if it costs little and no other does nearly as well; otherwise what was read stays.
 */
export function searchByCheckDigits(reading: FormatReading): Checked {
  const { lines } = reading
  const parse = parseMrz(lines, ANY_DAY)
  const unchanged = { lines, corrections: [], cost: 0, valid: parse.valid }
  if (parse.valid) return unchanged
  const failing = Object.keys(parse.checkDigits).filter((field) => !parse.checkDigits[field])
  const [best, next] = cheapest(lines, swapsIn(reading, suspects(reading.layout, failing)))
  if (!best || (next && next.cost - best.cost < MARGIN)) return unchanged
  const corrections = best.swaps.map(({ line, column, character }) => ({
    line: line + 1,
    column: column + 1,
    read: lines[line]![column]!,
    repaired: character,
    because: because(reading.layout, failing, line, column),
  }))
  return { lines: swapped(lines, best.swaps), corrections, cost: best.cost, valid: true }
}

/** The stretches that the failing digits cast doubt on; the composite alone those that no digit of their own protects. */
function suspects(layout: MrzLayout, failing: readonly string[]): Span[] {
  const own = layout.checkDigits.filter(({ field }) => field !== 'composite')
  const spans = own.filter(({ field }) => failing.includes(field)).flatMap(({ at, over }) => [at, ...over])
  const { optionalData, optionalDataLine2 } = layout.fields
  // A long document number runs on into the optional data.
  if (layout.longNumbers && failing.includes('documentNumber') && optionalData) spans.push(optionalData)
  const composite = layout.checkDigits.find(({ field }) => field === 'composite')
  if (!composite || !failing.includes('composite')) return spans
  const unprotected = layout.format === 'FRID' ? composite.over : [optionalData, optionalDataLine2]
  return [...spans, composite.at, ...unprotected.filter((span) => span !== undefined)]
}

function swapsIn({ layout, lines, logs }: FormatReading, spans: readonly Span[]): Swap[] {
  const swaps = new Map<string, Swap>()
  const number = layout.fields.documentNumber!
  for (const { line, start, end } of spans) {
    for (let column = start; column < end; column++) {
      const read = CHARACTERS.indexOf(lines[line]![column]!)
      const isNumber = line === number.line && number.start <= column && column < number.end
      const against = (kind: number) => (isNumber && AVOIDED.includes(CHARACTERS[kind]!) ? UNUSUAL : 0)
      for (let kind = 0; kind < KINDS; kind++) {
        const odds = logs[line]![column * KINDS + read]! - logs[line]![column * KINDS + kind]!
        const cost = Math.max(0, odds + against(kind) - against(read))
        if (kind === read || cost > MAX_COST) continue
        swaps.set(`${line} ${column} ${kind}`, { line, column, character: CHARACTERS[kind]!, cost })
      }
    }
  }
  return [...swaps.values()].sort((a, b) => a.cost - b.cost)
}

/** The two cheapest sets of swaps after which every check digit holds: a best-first walk through the sets. */
function cheapest(lines: readonly string[], swaps: readonly Swap[]): Attempt[] {
  const found: Attempt[] = []
  if (swaps.length === 0) return found
  const waiting: Attempt[] = [{ swaps: [swaps[0]!], cost: swaps[0]!.cost, last: 0 }]
  for (let tries = 0; tries < MAX_TRIES && waiting.length > 0 && found.length < 2; tries++) {
    const at = waiting.reduce((least, { cost }, i) => (cost < waiting[least]!.cost ? i : least), 0)
    const [attempt] = waiting.splice(at, 1) as [Attempt]
    if (attempt.cost > MAX_COST) break
    if (isDistinct(attempt.swaps) && parseMrz(swapped(lines, attempt.swaps), ANY_DAY).valid) found.push(attempt)
    const next = swaps[attempt.last + 1]
    if (!next) continue
    const dearest = swaps[attempt.last]!
    const last = attempt.last + 1
    waiting.push({ swaps: [...attempt.swaps, next], cost: attempt.cost + next.cost, last })
    waiting.push({ swaps: [...attempt.swaps.slice(0, -1), next], cost: attempt.cost + next.cost - dearest.cost, last })
  }
  return found
}

function isDistinct(swaps: readonly Swap[]): boolean {
  return new Set(swaps.map(({ line, column }) => `${line} ${column}`)).size === swaps.length
}

function swapped(lines: readonly string[], swaps: readonly Swap[]): string[] {
  const rows = lines.map((line) => [...line])
  for (const { line, column, character } of swaps) rows[line]![column] = character
  return rows.map((row) => row.join(''))
}

/** The check digit nearest to a cell among those that failed. */
function because(layout: MrzLayout, failing: readonly string[], line: number, column: number): string {
  const covers = (span: Span) => span.line === line && span.start <= column && column < span.end
  const digits = layout.checkDigits.filter(({ field }) => failing.includes(field))
  const digit = digits.find(({ at, over }) => [at, ...over].some(covers)) ?? digits[0]
  return `${digit?.field ?? 'composite'} check digit`
}
