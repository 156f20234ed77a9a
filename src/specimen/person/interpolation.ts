/** `x` held between `low` and `high`. */
export function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x))
}

/** From `a` at t = 0 to `b` at t = 1, in a straight line. */
export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t
}

/** 0 at `from`, 1 at `to`, with flat ends (3t² - 2t³). `from` may be the larger one: the step then falls. */
export function smoothstep(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from), 0, 1)
  return t * t * (3 - 2 * t)
}

/** A bell of height 1 at 0: exp(-(x / width)²). */
export function bell(x: number, width: number): number {
  const t = x / width
  return Math.exp(-t * t)
}

/** Catmull-Rom interpolation between `b` (t = 0) and `c` (t = 1), with neighbours `a` and `d`. */
export function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
}

/** Piecewise linear: the value at `x` of the line through the points (xs, ys); constant beyond the ends. */
export function polyline(xs: readonly number[], ys: readonly number[], x: number): number {
  if (x <= xs[0]!) return ys[0]!
  for (let i = 1; i < xs.length; i++) {
    if (x < xs[i]!) return lerp(ys[i - 1]!, ys[i]!, (x - xs[i - 1]!) / (xs[i]! - xs[i - 1]!))
  }
  return ys.at(-1)!
}
