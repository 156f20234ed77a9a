/** Scores are reported to four decimals, so that they read the same wherever they are computed. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
