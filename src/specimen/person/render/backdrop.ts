import { linear } from '../colour.ts'
import { clamp } from '../interpolation.ts'
import { Random } from '../random.ts'
import { blur } from './blur.ts'
import type { Camera } from './camera.ts'

/** What stands behind the person: the plain light wall of a document portrait, or a room out of focus. */
export type Backdrop = { readonly kind: 'plain' } | { readonly kind: 'room'; readonly seed: number }

const PLAIN = linear([205, 208, 212])
/** A room is painted at this size and enlarged. */
const ROOM_WIDTH = 80
const ROOM_HEIGHT = 100
const FURNITURE = 7
const OUT_OF_FOCUS = 2.2

/** A background in linear light, three values a pixel. */
export function paintBackdrop(camera: Camera, backdrop: Backdrop): Float32Array {
  return backdrop.kind === 'plain' ? plainWall(camera) : enlarged(room(backdrop.seed), camera)
}

function plainWall({ width, height }: Camera): Float32Array {
  const picture = new Float32Array(3 * width * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fall = 0.36 * ((x / width - 0.5) ** 2 + (y / height - 0.4) ** 2) + (0.04 * y) / height
      for (let c = 0; c < 3; c++) picture[at++] = PLAIN[c]! * (1 - fall)
    }
  }
  return picture
}

function room(seed: number): Float32Array {
  const random = new Random(seed * 101 + 9)
  const picture = new Float32Array(3 * ROOM_WIDTH * ROOM_HEIGHT)
  const brightness = random.between(120, 190)
  const wall = linear([
    brightness + random.between(-4, 14),
    brightness + random.between(-4, 6),
    brightness + random.between(-16, 6),
  ])
  for (let i = 0; i < picture.length; i++) picture[i] = wall[i % 3]! * (1 - (0.3 * i) / picture.length)
  for (let piece = 0; piece < FURNITURE; piece++) {
    const left = Math.floor(random.unit() * ROOM_WIDTH)
    const top = Math.floor(random.unit() * ROOM_HEIGHT)
    const right = Math.min(ROOM_WIDTH, left + random.between(5, 35))
    const bottom = Math.min(ROOM_HEIGHT, top + random.between(8, 60))
    const isLamp = random.unit() < 0.2
    const grey = random.between(35, 205)
    const tint = () => clamp(grey + random.between(-9, 10), 5, 250)
    const colour = linear([tint(), tint() - 3, tint() - 8])
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        for (let c = 0; c < 3; c++) picture[3 * (y * ROOM_WIDTH + x) + c] = colour[c]! * (isLamp ? 2 : 1)
      }
    }
  }
  return blur(picture, ROOM_WIDTH, ROOM_HEIGHT, OUT_OF_FOCUS)
}

function enlarged(source: Float32Array, { width, height }: Camera): Float32Array {
  const picture = new Float32Array(3 * width * height)
  for (let y = 0, at = 0; y < height; y++) {
    const row = clamp(((y + 0.5) / height) * ROOM_HEIGHT - 0.5, 0, ROOM_HEIGHT - 1.001)
    const top = Math.floor(row)
    for (let x = 0; x < width; x++) {
      const column = clamp(((x + 0.5) / width) * ROOM_WIDTH - 0.5, 0, ROOM_WIDTH - 1.001)
      const left = Math.floor(column)
      const i = 3 * (top * ROOM_WIDTH + left)
      const below = i + 3 * ROOM_WIDTH
      for (let c = 0; c < 3; c++, at++) {
        const upper = source[i + c]! + (source[i + 3 + c]! - source[i + c]!) * (column - left)
        const lower = source[below + c]! + (source[below + 3 + c]! - source[below + c]!) * (column - left)
        picture[at] = upper + (lower - upper) * (row - top)
      }
    }
  }
  return picture
}
