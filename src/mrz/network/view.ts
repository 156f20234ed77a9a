import type { LineMask } from './line-mask.ts'

/** The size at which the detector looks at a zone and its surroundings from near. */
export const VIEW_WIDTH = 384
export const VIEW_HEIGHT = 128

/** A turned and scaled window on the picture: the window's middle, its turn and the picture pixels a window pixel. */
export interface View {
  readonly x: number
  readonly y: number
  readonly angle: number
  readonly scale: number
}

/** A view and what the detector says of it. */
export interface SeenView {
  readonly view: View
  readonly mask: LineMask
}

/** The picture point that a view's point shows; both with pixel centres at whole numbers. */
export function toPicture({ x, y, angle, scale }: View, u: number, v: number): { x: number; y: number } {
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
  const [du, dv] = [u - (VIEW_WIDTH - 1) / 2, v - (VIEW_HEIGHT - 1) / 2]
  return { x: x + du * c - dv * s, y: y + du * s + dv * c }
}
