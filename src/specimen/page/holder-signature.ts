import { drawOctets } from '../draw.ts'
import type { Contour } from './coverage.ts'

/** Swings of the pen. */
const SWINGS = 8
const STEPS_PER_SWING = 24

/** An invented signature: one pen stroke as a closed contour, in a box of `width` x `height` at `left`, `top`. */
export function signatureContour(seed: string, left: number, top: number, width: number, height: number): Contour {
  const draw = drawOctets(seed, 'signature', 2 * SWINGS + 2)
  const share = (index: number) => draw[index]! / 255
  const line: [number, number][] = []
  for (let step = 0; step <= SWINGS * STEPS_PER_SWING; step++) {
    const swing = Math.min(Math.floor(step / STEPS_PER_SWING), SWINGS - 1)
    const t = step / STEPS_PER_SWING - swing
    const rise = (0.25 + 0.75 * share(swing)) * (1 - 0.6 * (swing / SWINGS))
    const loop = 0.03 + 0.05 * share(SWINGS + swing)
    const x = (swing + t) / SWINGS + loop * Math.sin(2 * Math.PI * t)
    const y = 0.75 - rise * 0.7 * Math.sin(Math.PI * t) ** 2 + 0.12 * Math.sin(0.9 * swing + t)
    line.push([left + x * width * 0.9, top + y * height])
  }
  const pen = height * 0.014
  const offset = (side: 1 | -1) =>
    line.map(([x, y], i) => {
      const [x0, y0] = line[Math.max(i - 1, 0)]!
      const [x1, y1] = line[Math.min(i + 1, line.length - 1)]!
      const length = Math.hypot(x1 - x0, y1 - y0) || 1
      return [x - (side * pen * (y1 - y0)) / length, y + (side * pen * (x1 - x0)) / length]
    })
  return [...offset(1), ...offset(-1).reverse()].flat()
}
