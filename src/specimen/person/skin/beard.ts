import { bell, clamp, lerp, smoothstep } from '../interpolation.ts'
import type { Person } from '../person.ts'

/**
 * How much beard grows at a point of the mean face (cm): 0 to 1. `ragged` (about -1 to 1) makes the edge uneven.
 */
export function beardGrowth(style: Person['beard']['style'], x: number, y: number, ragged: number): number {
  if (style === 'none') return 0
  const aside = Math.abs(x) + 0.35 * ragged
  const moustache = smoothstep(-1.5, -2.1, y) * smoothstep(3.2, 2.5, aside) * smoothstep(-4.2, -3.2, y)
  if (style === 'moustache') return moustache
  if (style === 'goatee') return Math.max(moustache, smoothstep(3, 2.3, aside) * smoothstep(-4.6, -5.2, y))
  const upperEdge =
    aside > 5.3 ? lerp(-1, 4, smoothstep(5.3, 6.3, aside)) : lerp(-4.6, -1.6, smoothstep(2.6, 5.3, aside))
  const underLip = 1 - 0.85 * bell(x, 2.6) * bell(y + 4.9, 0.55)
  const cheeks = smoothstep(upperEdge + 0.5, upperEdge - 0.5, y + 0.5 * ragged) * underLip
  const full = Math.max(moustache, cheeks)
  return style === 'stubble' ? full * 0.75 : full
}

/** How strongly a grown beard covers the skin: `growth` and `hairs` (single hairs, 0 to 1) together, 0 to 1. */
export function beardCover(growth: number, hairs: number, density: number): number {
  return clamp(growth * 1.15, 0, 1) * (0.72 + 0.25 * hairs) * density
}
