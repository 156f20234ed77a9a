import type { Picture } from '../image/index.ts'
import type { Box } from './analysis.ts'
import type { ScoredBox } from './suppression.ts'

/**
 * How much a face is the subject of its picture: its visible area, less the farther it is from the middle and the less
 * certain it is. Bystanders at the edge, cut off by it, are often the larger faces.
 */
export function prominence({ box, score }: ScoredBox, { width, height }: Pick<Picture, 'width' | 'height'>): number {
  const offX = box.x + box.width / 2 - width / 2
  const offY = box.y + box.height / 2 - height / 2
  const off = Math.min(1, (2 * Math.hypot(offX, offY)) / Math.hypot(width, height))
  return score * visibleArea(box, width, height) * (1 - off)
}

/** The area of the box inside the picture, in pixels. */
export function visibleArea({ x, y, width, height }: Box, columns: number, rows: number): number {
  const across = Math.min(x + width, columns) - Math.max(x, 0)
  const down = Math.min(y + height, rows) - Math.max(y, 0)
  return Math.max(across, 0) * Math.max(down, 0)
}
