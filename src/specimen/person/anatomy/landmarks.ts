/**
 * Vertex numbers of the 468-point face mesh (MediaPipe FaceMesh), by the feature that they outline.
 * `right` and `left` are the person's own; the person's right eye is at negative x.
 */

/** The outline of the face, from the top of the forehead towards the person's left and round. */
export const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const

/** One eye: lids from the outer to the inner corner (both corners in each), and two rings above the upper lid. */
export interface EyeLandmarks {
  readonly upperLid: readonly number[]
  readonly lowerLid: readonly number[]
  readonly crease: readonly number[]
  readonly aboveCrease: readonly number[]
  readonly bag: readonly number[]
  readonly innerCorner: number
  /** The brow's upper and lower edge, from its outer end to its inner end. */
  readonly browUpper: readonly number[]
  readonly browLower: readonly number[]
}

export const RIGHT_EYE: EyeLandmarks = {
  upperLid: [33, 246, 161, 160, 159, 158, 157, 173, 133],
  lowerLid: [33, 7, 163, 144, 145, 153, 154, 155, 133],
  crease: [247, 30, 29, 27, 28, 56, 190],
  aboveCrease: [225, 224, 223, 222, 221],
  bag: [226, 31, 228, 229, 230, 231, 232, 233],
  innerCorner: 133,
  browUpper: [70, 63, 105, 66, 107],
  browLower: [46, 53, 52, 65, 55],
}

export const LEFT_EYE: EyeLandmarks = {
  upperLid: [263, 466, 388, 387, 386, 385, 384, 398, 362],
  lowerLid: [263, 249, 390, 373, 374, 380, 381, 382, 362],
  crease: [467, 260, 259, 257, 258, 286, 414],
  aboveCrease: [445, 444, 443, 442, 441],
  bag: [446, 261, 448, 449, 450, 451, 452, 453],
  innerCorner: 362,
  browUpper: [300, 293, 334, 296, 336],
  browLower: [276, 283, 282, 295, 285],
}

export const EYES = [RIGHT_EYE, LEFT_EYE] as const

/** The outer edge of the lips, a closed line. */
export const LIPS_OUTER = [
  61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
] as const
/** Where the lips meet: upper and lower edge, corner to corner. */
export const UPPER_LIP_INNER = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308] as const
export const LOWER_LIP_INNER = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308] as const

export const MOUTH_CORNERS = [61, 291] as const
export const NOSTRILS = [
  [79, 20, 60, 166, 238],
  [309, 250, 290, 392, 458],
] as const
export const NASOLABIAL_FOLDS = [
  [129, 203, 206, 216, 212],
  [358, 423, 426, 436, 432],
] as const

export const CHIN = 152
/** Where the ears begin, the person's right one first. */
export const EAR_ROOTS = [234, 454] as const
