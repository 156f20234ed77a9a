/** A colour as linear light, red green blue, 1 = white of the picture. */
export type Colour = readonly [number, number, number]

/** Linear light of one sRGB channel value 0 to 255 (IEC 61966-2-1). */
function linearChannel(value: number): number {
  const v = value / 255
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
}

/** Linear light of an sRGB colour, channels 0 to 255. */
export function linear(srgb: readonly [number, number, number]): Colour {
  return [linearChannel(srgb[0]), linearChannel(srgb[1]), linearChannel(srgb[2])]
}

/** Every channel times a factor. */
export function scaled(colour: Colour, factor: number): Colour {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor]
}

/** From `a` at t = 0 to `b` at t = 1. */
export function blend(a: Colour, b: Colour, t: number): Colour {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}
