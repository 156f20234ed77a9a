import { Material } from '../anatomy/mesh.ts'
import { clamp } from '../interpolation.ts'
import { ATLAS_SIZE } from '../skin/atlas.ts'
import type { SkinCanvas } from '../skin/canvas.ts'
import type { View } from './rasteriser.ts'

/** The value of a texture map at texture coordinates, interpolated; `channel` of `channels` interleaved ones. */
export function sample(map: Float32Array, u: number, v: number, channel = 0, channels = 1): number {
  const x = clamp(u * ATLAS_SIZE - 0.5, 0, ATLAS_SIZE - 1.001)
  const y = clamp(v * ATLAS_SIZE - 0.5, 0, ATLAS_SIZE - 1.001)
  const left = Math.floor(x)
  const top = Math.floor(y)
  const i = (top * ATLAS_SIZE + left) * channels + channel
  const below = i + ATLAS_SIZE * channels
  const upper = map[i]! + (map[i + channels]! - map[i]!) * (x - left)
  const lower = map[below]! + (map[below + channels]! - map[below]!) * (x - left)
  return upper + (lower - upper) * (y - top)
}

/** Height of the skin's relief in cm for every pixel that shows the face. `crease`: how much of the lid crease shows. */
export function reliefHeights({ material, texture }: View, skin: SkinCanvas, crease: number): Float32Array {
  const heights = new Float32Array(material.length)
  for (let pixel = 0; pixel < material.length; pixel++) {
    if (material[pixel] !== Material.face) continue
    const u = texture[2 * pixel]!
    const v = texture[2 * pixel + 1]!
    heights[pixel] = sample(skin.height, u, v) + crease * sample(skin.creaseHeight, u, v)
  }
  return heights
}

/** Steepest slope that relief may have. */
const STEEPEST = 0.8

/** Tilts a normal by the relief's slope between a pixel and its right and lower neighbours. */
export function tiltByRelief(view: View, heights: Float32Array, pixel: number, normal: Float64Array): void {
  const { material, depth, camera } = view
  const right = pixel + 1
  const below = pixel + camera.width
  if (material[right] !== Material.face || material[below] !== Material.face) return
  const pixelSize = depth[pixel]! / camera.focal
  normal[0]! -= clamp((heights[right]! - heights[pixel]!) / pixelSize, -STEEPEST, STEEPEST)
  normal[1]! -= clamp((heights[pixel]! - heights[below]!) / pixelSize, -STEEPEST, STEEPEST)
}
