import { Fault } from '../check/index.ts'
import type { ChipPortrait } from '../chip/index.ts'
import { eyeDistance, type FaceAnalyser, type FaceAnalysis, type FaceMissing } from '../face/index.ts'
import { decodePicture, PICTURE_LIMITS, type Picture, pictureSize } from '../image/index.ts'
import type { PortraitUnusable } from './holder-checks.ts'

/**
 * In a full frontal portrait (ISO/IEC 19794-5, 8.3.4) the eyes are about a quarter of its width apart. At half size, with
 * eyes 45 pixels apart, studio portraits are .005 less similar to selfies than whole, with eyes 54 apart .002; impostors
 * too (22 genuine and 462 impostor pairs). Fictitious persons lose nothing down to 32.
 */
const ENOUGH_WIDTH = 200
/** A smaller face in a reduced portrait is looked at again in the whole one. */
const ENOUGH_EYE_DISTANCE = 40

/** The face in the chip's portrait. One that cannot be had is its issuer's defect, and said so. */
export async function describePortrait(
  { bytes }: ChipPortrait,
  faces: FaceAnalyser,
): Promise<FaceAnalysis | PortraitUnusable> {
  try {
    const analysis = await analyseReduced(bytes, faces)
    return 'reason' in analysis ? { reason: 'portrait-without-face' } : analysis
  } catch (error) {
    if (error instanceof Fault && error.kind !== 'installation') return { reason: 'portrait-undecodable' }
    throw error
  }
}

async function analyseReduced(bytes: Uint8Array, faces: FaceAnalyser): Promise<FaceAnalysis | FaceMissing> {
  const picture = await decodePicture(bytes, PICTURE_LIMITS, ENOUGH_WIDTH)
  const geometry = await faces.locate(picture)
  const isEnough = !('reason' in geometry) && eyeDistance(geometry.mesh) >= ENOUGH_EYE_DISTANCE
  if (isReduced(picture, bytes) && !isEnough) return faces.analyse(await decodePicture(bytes))
  return 'reason' in geometry ? geometry : faces.analyse(picture, geometry)
}

/** By its area: orientation may have turned it. */
function isReduced(picture: Picture, bytes: Uint8Array): boolean {
  const { width, height } = pictureSize(bytes)
  return picture.width * picture.height < width * height
}
