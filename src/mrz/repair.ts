import { cellAlphabets } from './alphabet.ts'
import type { MrzLayout, Span } from './layout.ts'
import { parseMrz } from './parse.ts'
import type { MrzCorrection } from './reading.ts'

/** Pairs of characters that readers take for one another in OCR-B: first those that differ least. */
const LIKE_PAIRS = '0O 1I 2Z 5S 8B'.split(' ')
const LESS_LIKE_PAIRS = '0D 0Q OD OQ 1L 1T 17 IL IT 3B 38 8S 4A 6G 7T 7Z K< C< E< L< EF HN HM UV VY CG PR'.split(' ')
/** What a change between a less like pair costs more, in nats. */
const LESS_LIKE_COST = 1.6

/** At most so many characters of one field are changed beyond those that cannot stand where they were read. */
const MAX_CHANGES = 2
/** Where characters cannot stand as read, at most so many combinations of replacements are tried. */
const MAX_FORCED_SETS = 8
/** What the changes of one field may cost in nats: the sum of the log-odds of the characters that were read. */
const MAX_COST = 4
/** By so much the best repair must be cheaper than the next one; else the reading stays as it is. */
const MARGIN = 1.5

export interface Repair {
  readonly lines: readonly string[]
  readonly corrections: readonly MrzCorrection[]
}

interface Change {
  readonly line: number
  readonly column: number
  readonly character: string
}

interface Candidate {
  readonly changes: readonly Change[]
  readonly cost: number
}

/** `clock` does not matter here: check digits hold or not in any century. */
const ANY_DAY = new Date(0)

/**
 * Exchanges look-alikes (O and 0, B and 8, ...) where a check digit that failed comes to hold by it, and digits among
 * letters that no check digit covers. A field is changed only when one repair is clearly cheaper than every other,
 * by the reader's own confidences; a field whose check digit holds is never touched. `confidences` are 0 to 1.
 */
export function repairMrz(
  lines: readonly string[],
  confidences: readonly (readonly number[])[],
  layout: MrzLayout,
): Repair {
  let repaired = lines
  const corrections: MrzCorrection[] = []
  const apply = (changes: readonly Change[], because: string) => {
    for (const { line, column, character } of changes) {
      const read = repaired[line]![column]!
      corrections.push({ line: line + 1, column: column + 1, read, repaired: character, because })
    }
    repaired = changed(repaired, changes)
  }
  apply(lettersWhereOnlyLettersStand(lines, layout), 'letters only')
  for (const digit of layout.checkDigits) {
    if (holds(repaired, digit.field)) continue
    const spans = digit.field === 'composite' ? uncovered(layout) : [...digit.over, digit.at]
    const best = cheapest(candidates(repaired, confidences, layout, spans, digit.field))
    if (best) apply(best.changes, `${digit.field} check digit`)
  }
  return { lines: repaired, corrections }
}

function holds(lines: readonly string[], field: string): boolean {
  return parseMrz(lines, ANY_DAY).checkDigits[field] === true
}

/** A digit in a name or a state has one look-alike among letters, or none. */
function lettersWhereOnlyLettersStand(lines: readonly string[], layout: MrzLayout): Change[] {
  const letters: Readonly<Record<string, string>> = { 0: 'O', 1: 'I', 2: 'Z', 4: 'A', 5: 'S', 6: 'G', 8: 'B' }
  return cellAlphabets(layout).flatMap((row, line) =>
    row.flatMap((alphabet, column) => {
      const character = letters[lines[line]![column]!]
      const isLetterCell = alphabet.includes('A') && !alphabet.includes('0')
      return character && isLetterCell ? [{ line, column, character }] : []
    }),
  )
}

/** What the composite alone protects, and its own digit. */
function uncovered(layout: MrzLayout): Span[] {
  const composite = layout.checkDigits.find(({ field }) => field === 'composite')!
  const optional = layout.checkDigits.some(({ field }) => field === 'optionalData')
    ? undefined
    : layout.fields.optionalData
  return [optional, layout.fields.optionalDataLine2, composite.at].filter((span) => span !== undefined)
}

/** Every set of changes, up to the limits, after which the check digit holds. */
function candidates(
  lines: readonly string[],
  confidences: readonly (readonly number[])[],
  layout: MrzLayout,
  spans: readonly Span[],
  field: string,
): Candidate[] {
  const alphabets = cellAlphabets(layout)
  const cells = spans.flatMap(({ line, start, end }) =>
    Array.from({ length: end - start }, (_, i) => ({ line, column: start + i })),
  )
  let forced: Candidate[] = [{ changes: [], cost: 0 }]
  const optional: Candidate[] = []
  for (const { line, column } of cells) {
    const read = lines[line]![column]!
    const canStand = alphabets[line]![column]!.includes(read)
    // What cannot stand here must change, whatever the reader thought of it; without a look-alike there is no repair.
    const cost = canStand ? logOdds(confidences[line]?.[column] ?? 0.5) : 0
    const choices = alternatives(read, alphabets[line]![column]!).map(({ character, unlike }) => ({
      changes: [{ line, column, character }],
      cost: cost + unlike,
    }))
    if (canStand) optional.push(...choices)
    else forced = forced.flatMap((set) => choices.map((choice) => joined(set, choice))).slice(0, MAX_FORCED_SETS)
  }
  const pairs = optional.flatMap((a, i) => optional.slice(i + 1).map((b) => joined(a, b))).filter(isDistinct)
  const extras = [{ changes: [], cost: 0 }, ...optional, ...(MAX_CHANGES > 1 ? pairs : [])]
  return forced
    .flatMap((set) => extras.map((extra) => joined(set, extra)))
    .filter(({ changes, cost }) => changes.length > 0 && cost <= MAX_COST && holds(changed(lines, changes), field))
}

function cheapest(found: readonly Candidate[]): Candidate | undefined {
  const [best, next] = found.toSorted((a, b) => a.cost - b.cost)
  return best && (!next || next.cost - best.cost >= MARGIN) ? best : undefined
}

function alternatives(read: string, alphabet: string): { character: string; unlike: number }[] {
  const others = (pairs: readonly string[], unlike: number) =>
    pairs.filter((pair) => pair.includes(read)).map((pair) => ({ character: pair.replace(read, ''), unlike }))
  return [...others(LIKE_PAIRS, 0), ...others(LESS_LIKE_PAIRS, LESS_LIKE_COST)].filter(({ character }) =>
    alphabet.includes(character),
  )
}

function logOdds(confidence: number): number {
  const bounded = Math.min(Math.max(confidence, 0.5), 0.9999)
  return Math.log(bounded / (1 - bounded))
}

function joined(a: Candidate, b: Candidate): Candidate {
  return { changes: [...a.changes, ...b.changes], cost: a.cost + b.cost }
}

function isDistinct({ changes: [a, b] }: Candidate): boolean {
  return a!.line !== b!.line || a!.column !== b!.column
}

function changed(lines: readonly string[], changes: readonly Change[]): readonly string[] {
  const rows = lines.map((line) => [...line])
  for (const { line, column, character } of changes) rows[line]![column] = character
  return rows.map((row) => row.join(''))
}
