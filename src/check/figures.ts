/** A score as it is reported: to four decimals, so that it reads the same wherever it was computed. */
export function rounded(score: number): number {
  return Math.round(score * 1e4) / 1e4
}

/** An error rate as it is reported: to two significant digits, which is more than its bounds allow. */
export function roundedRate(rate: number): number {
  return Number(rate.toPrecision(2))
}
