import type { Picture } from '../../src/image/index.ts'
import type { Srgb } from '../../src/specimen/person/person.ts'

/** How strong the room's light is, and what the screen adds, in linear light. */
const ROOM = 0.75
const SCREEN = 0.5
/** sRGB is close to this power of linear light. */
const GAMMA = 2.2

/** A picture as if all in it were lit by a screen of this colour as well; without one, as it is. */
export function tinted({ width, height, data }: Picture, screen: Srgb | undefined): Picture {
  if (!screen) return { width, height, data }
  const curves = screen.map((colour) => {
    const gain = (ROOM + (SCREEN * colour) / 255) ** (1 / GAMMA)
    return Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.round(gain * value)))
  })
  return { width, height, data: data.map((value, i) => curves[i % 3]![value]!) }
}
