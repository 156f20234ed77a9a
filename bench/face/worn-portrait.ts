import sharp from '../../src/image/codec.ts'
import { decodePicture, encodeJpeg2000, type Picture } from '../../src/image/index.ts'

/** How chips' portraits are worn: made small, some grey, compressed by JPEG 2000. */
export interface Wear {
  readonly name: string
  /** The longer side in pixels; a smaller picture is left as it is. */
  readonly side: number
  readonly grey: boolean
  /** How many times smaller than its pixels the file is. */
  readonly ratio: number
}

/** Chips hold 8 to 20 kB, which is 29 to 12 times less than the pixels of 240 x 320. */
export const WEARS: readonly Wear[] = [
  { name: 'in JPEG 2000 at 29:1', side: 320, grey: false, ratio: 29 },
  { name: 'grey, 90 px high, in JPEG 2000 at 29:1', side: 90, grey: true, ratio: 29 },
]

export async function wear(picture: Picture, { side, grey, ratio }: Wear): Promise<Picture> {
  const { width, height, data } = picture
  const scaled = sharp(data, { raw: { width, height, channels: 3 } }).resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
  })
  const { data: pixels, info } = await scaled.raw().toBuffer({ resolveWithObject: true })
  if (grey) discolour(pixels)
  return decodePicture(await encodeJpeg2000({ width: info.width, height: info.height, data: pixels }, ratio))
}

/** To luma (ITU-R BT.601), in place. */
function discolour(pixels: Uint8Array): void {
  for (let i = 0; i < pixels.length; i += 3) {
    pixels.fill(0.299 * pixels[i]! + 0.587 * pixels[i + 1]! + 0.114 * pixels[i + 2]! + 0.5, i, i + 3)
  }
}
