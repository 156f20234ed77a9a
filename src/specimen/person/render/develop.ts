import type { Picture } from '../../../image/picture.ts'
import type { Colour } from '../colour.ts'
import { clamp } from '../interpolation.ts'
import { Random } from '../random.ts'
import { blur } from './blur.ts'
import type { Camera } from './camera.ts'

/** How a camera turns light into a picture: colour balance, blur (deviation in pixels), noise (deviation in grey levels). */
export interface Development {
  readonly balance: Colour
  readonly blur: number
  readonly noise: number
  readonly seed: number
}

const STEPS = 4096
/** sRGB value (0 to 255, IEC 61966-2-1) of linear light in steps of 1 / 4096. */
const SRGB = Float32Array.from({ length: STEPS + 1 }, (_, i) => {
  const v = i / STEPS
  return 255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055)
})

/** Develops linear light: soft shoulder, sRGB, sensor noise (part of it common to the three channels). */
export function develop(light: Float32Array, { width, height }: Camera, development: Development): Picture {
  const { balance, noise, seed } = development
  const source = development.blur > 0 ? blur(light, width, height, development.blur) : light
  const random = new Random(seed * 31 + 7)
  const grain = Float32Array.from({ length: STEPS }, () => random.normal())
  const data = new Uint8Array(3 * width * height)
  let draw = 0
  for (let i = 0; i < data.length; i += 3) {
    if (i % 1536 === 0) draw = Math.floor(random.unit() * STEPS)
    const common = grain[draw++ & (STEPS - 1)]!
    for (let c = 0; c < 3; c++) {
      const exposed = source[i + c]! * balance[c]!
      const value = SRGB[Math.floor(clamp((1.08 * exposed) / (1 + 0.18 * exposed), 0, 1) * STEPS)]!
      const own = grain[draw++ & (STEPS - 1)]!
      const deviation = noise * (0.6 * common + 0.8 * own) * (1.25 - (0.5 * value) / 255)
      data[i + c] = clamp(Math.round(value + deviation), 0, 255)
    }
  }
  return { width, height, data }
}
