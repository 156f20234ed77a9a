import type { Picture } from '../../src/image/index.ts'
import { SIZE } from './camera.ts'
import { drawTextured, type Triangle, type Vertex } from './textured-mesh.ts'

/** How a printed picture is held before the camera: cm and degrees. */
export interface Held {
  readonly aside: number
  readonly up: number
  readonly distance: number
  readonly yaw: number
  readonly pitch: number
  /** Radius of the cylinder round an upright axis that the paper is bent to; infinite when flat. */
  readonly bend: number
}

/** Focal length of the camera in pixels, as the studio's. */
const FOCAL = 0.92 * SIZE.height
const COLUMNS = 24
const ROWS = 20

/** A camera's view of a printed picture before a wall, its face in life size; `lit` is the picture in the screen's light. */
export function photographPrint(print: Picture, lit: Picture, pixelsPerCm: number, held: Held, wall: Picture): Picture {
  const [cy, sy] = cosine(held.yaw)
  const [cp, sp] = cosine(held.pitch)
  const vertices: Vertex[] = []
  for (let row = 0; row <= ROWS; row++) {
    for (let column = 0; column <= COLUMNS; column++) {
      const u = (column / COLUMNS) * (print.width - 1)
      const v = (row / ROWS) * (print.height - 1)
      const along = (u - (print.width - 1) / 2) / pixelsPerCm
      const angle = along / held.bend
      const x = held.bend === Number.POSITIVE_INFINITY ? along : held.bend * Math.sin(angle)
      const z = held.bend === Number.POSITIVE_INFINITY ? 0 : held.bend * (1 - Math.cos(angle))
      const y = (v - (print.height - 1) / 2) / pixelsPerCm
      const [tx, tz] = [cy * x - sy * z, sy * x + cy * z]
      const [ty, tz2] = [cp * y + sp * tz, -sp * y + cp * tz]
      const depth = Math.max(held.distance + tz2, 1)
      vertices.push({
        x: SIZE.width / 2 + ((tx + held.aside) * FOCAL) / depth,
        y: SIZE.height / 2 + ((ty - held.up) * FOCAL) / depth,
        depth,
        u,
        v,
        // The screen is where the camera is.
        light: Math.max(0, Math.cos(angle + (held.yaw * Math.PI) / 180)),
      })
    }
  }
  return drawTextured(wall, print, lit, vertices, GRID)
}

const GRID: readonly Triangle[] = Array.from({ length: ROWS * COLUMNS }, (_, i) => {
  const at = Math.floor(i / COLUMNS) * (COLUMNS + 1) + (i % COLUMNS)
  return [
    [at, at + 1, at + COLUMNS + 1],
    [at + 1, at + COLUMNS + 2, at + COLUMNS + 1],
  ] as const
}).flat()

function cosine(degrees: number): readonly [number, number] {
  const radians = (degrees * Math.PI) / 180
  return [Math.cos(radians), Math.sin(radians)]
}
