import { InvalidArgumentError } from 'commander'

/** A whole number from 1 up, as an option's value. */
export function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number from 1 up.')
  return number
}
