import type { Box } from './analysis.ts'

/** A rectangle that may be a face, and how sure the detector is of it, 0 to 1. */
export interface ScoredBox {
  readonly box: Box
  readonly score: number
}

/** The shared part of two boxes by their union: 0 (apart) to 1 (equal). */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  return shared / (a.width * a.height + b.width * b.height - shared)
}

/** Non-maximum suppression: the best of every heap of overlapping candidates, best first, at most `limit`. */
export function suppressNonMaxima<T extends ScoredBox>(candidates: readonly T[], maxOverlap = 0.3, limit = 16): T[] {
  const kept: T[] = []
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === limit) break
    if (kept.every(({ box }) => overlap(box, candidate.box) < maxOverlap)) kept.push(candidate)
  }
  return kept
}
