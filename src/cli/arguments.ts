import { InvalidArgumentError } from 'commander'

/** Flags and description of an option that several commands have. */
export const TOLERANT = [
  '--tolerant',
  'accept what some issuers get wrong in EF.SOD: its tag, how ECDSA is written, a curve; the result says so',
] as const

/** A whole number from 1 up, as an option's value. */
export function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number from 1 up.')
  return number
}

/** A rate above 0 and below 1, as an option's value. */
export function rate(text: string): number {
  const number = Number(text)
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('It is a number between 0 and 1, as in 0.001.')
  return number
}
