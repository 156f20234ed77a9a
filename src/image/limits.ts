import { Fault } from '../check/index.ts'

/** What a picture may cost. Its header is held against these before a pixel is decoded. */
export interface PictureLimits {
  /** Compressed size in bytes. */
  readonly bytes: number
  /** Width times height. */
  readonly pixels: number
  /** Longer side in pixels. */
  readonly side: number
}

/** Room for the largest phone cameras; a decoded picture takes three bytes a pixel. */
export const PICTURE_LIMITS: PictureLimits = { bytes: 25_000_000, pixels: 40_000_000, side: 16_384 }

/** JPEG 2000 is some ten times slower than JPEG and comes from chips, whose portraits stay below one megapixel. */
export const JPEG2000_LIMITS: PictureLimits = { bytes: 2_000_000, pixels: 2_000_000, side: 4_096 }

/** Width and height in pixels, as the header states them, before EXIF orientation. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Throws `image-too-large` for a picture that exceeds a limit, `image-damaged` for one without extent. */
export function holdToLimits({ width, height }: PictureSize, limits: PictureLimits): void {
  if (width < 1 || height < 1) throw damaged('the header states no extent')
  if (width * height > limits.pixels || Math.max(width, height) > limits.side) {
    const most = `${limits.pixels / 1e6} megapixels and ${limits.side} pixels a side`
    throw new Fault('image-too-large', 'too-large', `the picture is ${width} x ${height}; at most ${most} are read`)
  }
}

/** The fault for bytes that are not the picture they claim to be. */
export function damaged(what: string, cause?: unknown): Fault {
  return new Fault('image-damaged', 'malformed', `the picture is damaged: ${what}`, { cause })
}
