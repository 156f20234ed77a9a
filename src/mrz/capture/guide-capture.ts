import type { Picture, PictureSize } from '../../image/index.ts'
import type { ZonePlace } from '../network/sighting.ts'
import type { MrzMissing, MrzReading } from '../reading.ts'
import { type Advice, advise } from './advice.ts'
import { measureZone, type ZoneView } from './measure-zone.ts'

/** What a camera needs to know of one picture to guide its user to a better one. */
export interface MrzCapture {
  /** The picture after its EXIF orientation, in pixels: what the zone's corners refer to. */
  readonly picture: PictureSize
  /** Mean brightness of the picture, 0 to 100. */
  readonly brightness: number
  /** Where the zone lies and how well it can be seen; absent where none was located. */
  readonly zone?: ZoneView
  readonly advice: Advice
}

/** Pixels of the picture that its brightness is taken from, each way. */
const SAMPLES = 64

/** Measures a picture that was read, or was not. */
export function guideCapture(
  picture: Picture,
  place: ZonePlace | undefined,
  reading: MrzReading | MrzMissing,
): MrzCapture {
  const zone = place && measureZone(picture, place)
  const brightness = brightnessOf(picture)
  return {
    picture: { width: picture.width, height: picture.height },
    brightness,
    ...(zone ? { zone } : {}),
    advice: advise(reading, zone, brightness),
  }
}

function brightnessOf({ width, height, data }: Picture): number {
  let sum = 0
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = Math.floor((((i % SAMPLES) + 0.5) / SAMPLES) * width)
    const y = Math.floor(((Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * height)
    sum += data[(y * width + x) * 3 + 1]!
  }
  return Math.round((1000 * sum) / (255 * SAMPLES * SAMPLES)) / 10
}
