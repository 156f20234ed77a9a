/** A field under a check digit: the spans that it covers as `[line, from, to]`, and where the digit stands. */
interface CheckedField {
  readonly field: string
  readonly spans: readonly (readonly [line: number, from: number, to: number])[]
  readonly digit: readonly [line: number, column: number]
}

/** ICAO 9303-5, -6 and -4, 4.2.2: lines and columns count from 0, `to` is exclusive. */
const CHECKED_FIELDS: Readonly<Record<'TD1' | 'TD2' | 'TD3', readonly CheckedField[]>> = {
  TD1: [
    { field: 'documentNumber', spans: [[0, 5, 14]], digit: [0, 14] },
    { field: 'dateOfBirth', spans: [[1, 0, 6]], digit: [1, 6] },
    { field: 'dateOfExpiry', spans: [[1, 8, 14]], digit: [1, 14] },
    {
      field: 'composite',
      spans: [
        [0, 5, 30],
        [1, 0, 7],
        [1, 8, 15],
        [1, 18, 29],
      ],
      digit: [1, 29],
    },
  ],
  TD2: [
    ...identityFields(),
    {
      field: 'composite',
      spans: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 35],
      ],
      digit: [1, 35],
    },
  ],
  TD3: [
    ...identityFields(),
    { field: 'optionalData', spans: [[1, 28, 42]], digit: [1, 42] },
    {
      field: 'composite',
      spans: [
        [1, 0, 10],
        [1, 13, 20],
        [1, 21, 43],
      ],
      digit: [1, 43],
    },
  ],
}

/** The fields of an MRZ whose check digits do not hold, by name (ICAO 9303-3, 4.9). */
export function failingCheckDigits(format: 'TD1' | 'TD2' | 'TD3', lines: readonly string[]): string[] {
  return CHECKED_FIELDS[format].filter((checked) => !holds(checked, lines)).map(({ field }) => field)
}

function holds({ field, spans, digit }: CheckedField, lines: readonly string[]): boolean {
  const covered = spans.map(([line, from, to]) => lines[line]!.slice(from, to)).join('')
  const printed = lines[digit[0]]![digit[1]]!
  const computed = String(checkDigit(covered))
  if (printed === computed) return true
  if (printed !== '<') return false
  // An empty optional field may leave its digit empty; a long document number goes on in the optional data.
  if (field === 'optionalData') return computed === '0'
  return field === 'documentNumber' && longDocumentNumberHolds(covered, lines)
}

/** ICAO 9303-5, 4.2.2.1, note j: a number of more than nine characters continues, with its digit last, after the `<`. */
function longDocumentNumberHolds(start: string, lines: readonly string[]): boolean {
  const rest = lines[0]!.length === 30 ? lines[0]!.slice(15) : lines[1]!.slice(28, 35)
  const end = rest.indexOf('<') < 0 ? rest.length : rest.indexOf('<')
  if (end < 2) return false
  return String(checkDigit(start + rest.slice(0, end - 1))) === rest[end - 1]
}

function checkDigit(text: string): number {
  const weights = [7, 3, 1]
  let sum = 0
  for (let i = 0; i < text.length; i++) sum += characterValue(text.charCodeAt(i)) * weights[i % 3]!
  return sum % 10
}

/** Digits count as themselves, letters from A = 10, the filler (and anything else) as 0. */
function characterValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  return code >= 0x41 && code <= 0x5a ? code - 55 : 0
}

/** The second line of TD2 and TD3 starts alike. */
function identityFields(): CheckedField[] {
  return [
    { field: 'documentNumber', spans: [[1, 0, 9]], digit: [1, 9] },
    { field: 'dateOfBirth', spans: [[1, 13, 19]], digit: [1, 19] },
    { field: 'dateOfExpiry', spans: [[1, 21, 27]], digit: [1, 27] },
  ]
}
