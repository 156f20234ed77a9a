import type { Picture } from '../../image/index.ts'
import type { FaceGeometry, FaceQuality } from '../analysis.ts'
import { ASPECTS } from './aspects.ts'
import { geometryQuality } from './geometry.ts'
import { lightQuality } from './light.ts'
import { sharpness } from './sharpness.ts'

/** Measures a capture's quality from its geometry and the patch that `facePatch` cut. Whole numbers, 0 to 100. */
export function measureQuality(picture: Picture, geometry: FaceGeometry, patch: Float32Array): FaceQuality {
  const measured: Record<string, number> = {
    ...geometryQuality(picture, geometry),
    ...lightQuality(patch),
    sharpness: sharpness(patch),
  }
  const values = Object.fromEntries(
    Object.entries(measured).map(([name, value]) => [name, Math.round(Math.min(Math.max(value, 0), 100))]),
  )
  const low = ASPECTS.filter(({ name, advisable }) => values[name]! < advisable)
  return { values, advice: [...new Set(low.map(({ advice }) => advice))] }
}
