import type { Picture } from '../../image/picture.ts'
import type { Coverage } from './coverage.ts'

/** sRGB, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** Where something goes, in pixels of the canvas. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A picture that is being drawn. What reaches beyond its edges is cut off. */
export class Canvas implements Picture {
  readonly data: Uint8Array

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.data = new Uint8Array(width * height * 3)
  }

  /** Sets every pixel from its position. */
  paint(colourAt: (x: number, y: number, into: Float32Array) => void): void {
    const colour = new Float32Array(3)
    for (let y = 0, at = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++, at += 3) {
        colourAt(x, y, colour)
        for (let channel = 0; channel < 3; channel++) {
          this.data[at + channel] = Math.min(Math.max(colour[channel]! + 0.5, 0), 255)
        }
      }
    }
  }

  /** Prints a shape in one colour; `opacity` is 0 to 1. */
  print(shape: Coverage, colour: Colour, opacity = 1): void {
    for (let row = 0; row < shape.height; row++) {
      for (let column = 0; column < shape.width; column++) {
        const share = shape.values[row * shape.width + column]! * opacity
        if (share > 0) this.mix(shape.left + column, shape.top + row, colour, share)
      }
    }
  }

  /** Prints a picture, averaged or repeated to the size of its place; `tint` recolours it where given. */
  printPicture(picture: Picture, place: Place, opacity: (x: number, y: number) => number): void {
    for (let row = 0; row < place.height; row++) {
      for (let column = 0; column < place.width; column++) {
        const across = (column + 0.5) / place.width
        const down = (row + 0.5) / place.height
        const share = opacity(across, down)
        if (share > 0) this.mix(place.left + column, place.top + row, sample(picture, across, down), share)
      }
    }
  }

  private mix(x: number, y: number, colour: Colour, share: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return
    const at = (y * this.width + x) * 3
    const weight = Math.min(share, 1)
    for (let channel = 0; channel < 3; channel++) {
      const before = this.data[at + channel]!
      this.data[at + channel] = before + (colour[channel]! - before) * weight + 0.5
    }
  }
}

/** The colour at a position of 0 to 1 in both directions, interpolated between the nearest pixels. */
function sample({ width, height, data }: Picture, across: number, down: number): Colour {
  const x = Math.min(Math.max(across * width - 0.5, 0), width - 1.001)
  const y = Math.min(Math.max(down * height - 0.5, 0), height - 1.001)
  const column = Math.floor(x)
  const row = Math.floor(y)
  const right = x - column
  const below = y - row
  const channel = (offset: number): number => {
    const at = (row * width + column) * 3 + offset
    const upper = data[at]! * (1 - right) + data[at + 3]! * right
    const lower = data[at + width * 3]! * (1 - right) + data[at + width * 3 + 3]! * right
    return upper * (1 - below) + lower * below
  }
  return [channel(0), channel(1), channel(2)]
}
