import type { Proportion } from '../../src/check/index.ts'

/** As text: `1.2 % (0.63 to 2.3, 6 of 500)`, the bounds in per cent. */
export function describeProportion({ count, trials, rate, lower, upper }: Proportion): string {
  if (trials === 0) return '– (0 trials)'
  return `${percent(rate)} % (${percent(lower)} to ${percent(upper)}, ${count} of ${trials})`
}

/** In per cent to two significant digits, without an exponent. */
export function percent(rate: number): string {
  return Number((100 * rate).toPrecision(2)).toLocaleString('en-GB', { maximumFractionDigits: 6 })
}
