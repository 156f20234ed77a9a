export const WEIGHTS = [7, 3, 1] as const

/** 0 to 9 for digits, 10 to 35 for A to Z, 0 for the filler; NaN for anything else. */
export function characterValue(character: string): number {
  const code = character.charCodeAt(0)
  if (character === '<') return 0
  if (code >= 48 && code <= 57) return code - 48
  if (code >= 65 && code <= 90) return code - 55
  return Number.NaN
}

/**
 * The check digit of a text in the MRZ's alphabet (ICAO 9303-3, 4.9: weights 7, 3, 1, modulus 10),
 * or undefined when another character occurs.
 */
export function checkDigit(text: string): string | undefined {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum += characterValue(text[i]!) * WEIGHTS[i % 3]!
  return Number.isNaN(sum) ? undefined : String(sum % 10)
}
