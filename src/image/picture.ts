/**
 * A decoded picture: sRGB, 8 bits a channel, interleaved R G B, rows from the top, no padding,
 * EXIF orientation already applied. `data.length === width * height * 3`.
 */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}
