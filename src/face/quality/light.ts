import { part } from './face-patch.ts'
import { sigmoid } from './sigmoid.ts'

/** From the forehead to the chin and from cheek to cheek: hardly any hair or background. */
const FACE = [18, 16, 78, 84] as const
const RIGHT_CHEEK = [22, 46, 38, 66] as const
const LEFT_CHEEK = [58, 46, 74, 66] as const
/** Luma of a pixel in which a camera has lost the detail. */
const BLACK = 20
const WHITE = 250
/** Steps of grey that make one bin when cheeks are compared: finer ones compare the noise. */
const CHEEK_BIN = 16

/**
 * How the face is lit, each 0 to 100, after OFIQ: mean and entropy of the luma, shares that are neither black nor white,
 * and how far the histograms of both cheeks agree.
 */
export function lightQuality(patch: Float32Array) {
  const face = part(patch, ...FACE)
  const mean = face.reduce((sum, value) => sum + value, 0) / face.length / 255
  const share = (is: (value: number) => boolean) => face.filter(is).length / face.length
  return {
    brightness: 100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05)),
    dynamicRange: Math.min(100, 12.5 * entropy(histogram(face, 1))),
    notUnderexposed: 100 * (1 - share((value) => value < BLACK)),
    notOverexposed: 100 * (1 - share((value) => value > WHITE)),
    evenLight:
      100 *
      agreement(histogram(part(patch, ...RIGHT_CHEEK), CHEEK_BIN), histogram(part(patch, ...LEFT_CHEEK), CHEEK_BIN)),
  }
}

/** Shares of the values 0 to 255 in bins of `width`. */
function histogram(values: Float32Array, width: number): Float32Array {
  const bins = new Float32Array(Math.ceil(256 / width))
  for (const value of values) bins[Math.min(Math.floor(value / width), bins.length - 1)]! += 1 / values.length
  return bins
}

/** In bits. */
function entropy(shares: Float32Array): number {
  return shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0)
}

function agreement(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, share, bin) => sum + Math.min(share, b[bin]!), 0)
}
