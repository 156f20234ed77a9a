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
  return { values: { unified: unified(values), ...values }, advice: [...new Set(low.map(({ advice }) => advice))] }
}

/**
 * One value for the whole capture: the aspect that most lacks, as the share of what is advisable. 100: nothing to advise.
 * (ISO/IEC 29794-5 has a network for it.) Of LFW's genuine pairs the worst quarter by this value fails to match twice as
 * often at the shipped threshold as the best quarter.
 */
function unified(values: Readonly<Record<string, number>>): number {
  const shares = ASPECTS.map(({ name, advisable }) => Math.min(1, values[name]! / advisable))
  return Math.round(100 * Math.min(...shares))
}
