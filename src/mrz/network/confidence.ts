import { characterValue, WEIGHTS } from '../check-digit.ts'
import type { CheckDigitLayout, Span } from '../layout.ts'
import type { FormatReading } from './choose-format.ts'
import { CHARACTERS } from './recognise-line.ts'

const KINDS = CHARACTERS.length
/** A check digit that holds passes one wrong character in ten: so much it speaks for each one that it covers. */
const EVIDENCE = 10

/** Other characters that are less likely by more than so many nats are not in doubt. */
const DOUBT = 6

/**
 * How surely each character of the lines is right, 0 to 1: the recogniser's own probability and that of the check digits
 * which are `heard`, by name: those that hold.
 */
export function characterConfidences(
  reading: FormatReading,
  lines: readonly string[],
  heard: readonly string[],
): readonly (readonly number[])[] {
  const witnesses = reading.layout.checkDigits.filter(({ field }) => heard.includes(field))
  return lines.map((line, row) => [...line].map((_, column) => sureness(reading, lines, witnesses, row, column)))
}

/** The probability of a character after the check digits that cover it were heard. */
function sureness(
  { logs }: FormatReading,
  lines: readonly string[],
  witnesses: readonly CheckDigitLayout[],
  row: number,
  column: number,
): number {
  const here = logs[row]!.subarray(column * KINDS, (column + 1) * KINDS)
  const read = CHARACTERS.indexOf(lines[row]![column]!)
  const covering = witnesses.filter(({ at, over }) => [at, ...over].some((span) => covers(span, row, column)))
  let all = 0
  for (let kind = 0; kind < KINDS; kind++) {
    const isDoubtful = here[read]! - here[kind]! < DOUBT
    const against = covering.filter((digit) =>
      isDoubtful ? hearsAll(digit, lines, logs, read, kind) : hears(1, read, kind),
    )
    all += Math.exp(here[kind]!) / (kind === read ? 1 : EVIDENCE ** against.length)
  }
  return Math.min(Math.exp(here[read]!) / all, 1 - 1e-7)
}

/**
 * Whether a check digit would have told if every such character that is in doubt was the other one: a type's O and 0 are
 * mistaken together, and two such mistakes may cancel out.
 */
function hearsAll(
  { over }: CheckDigitLayout,
  lines: readonly string[],
  logs: readonly Float32Array[],
  read: number,
  other: number,
): boolean {
  let [weight, place] = [0, 0]
  for (const { line, start, end } of over) {
    for (let column = start; column < end; column++, place++) {
      const cell = column * KINDS
      const isSuch = lines[line]![column] === CHARACTERS[read]
      if (isSuch && logs[line]![cell + read]! - logs[line]![cell + other]! < DOUBT) weight += WEIGHTS[place % 3]!
    }
  }
  return hears(1, read, other) && (weight === 0 || hears(weight, read, other))
}

/** Characters whose values differ by ten or twenty (8 and S, 1 and L) sum up alike. */
function hears(weight: number, read: number, other: number): boolean {
  return (weight * (characterValue(CHARACTERS[other]!) - characterValue(CHARACTERS[read]!))) % 10 !== 0
}

function covers({ line, start, end }: Span, row: number, column: number): boolean {
  return line === row && start <= column && column < end
}
