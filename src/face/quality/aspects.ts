/** One thing that makes a capture good or bad. */
export interface Aspect {
  /** The name of its value. */
  readonly name: string
  /** Below this, a comparison means nothing: the capture is refused. Absent: it is only advised upon. */
  readonly required?: number
  /** The check code when it is below. */
  readonly code?: string
  /** Below this, `advice` is given. */
  readonly advisable: number
  /** What the person can do about it. */
  readonly advice: string
}

/** The most fundamental first: the first that is too low names the refusal. */
export const ASPECTS: readonly Aspect[] = [
  {
    name: 'singleFace',
    required: 50,
    code: 'several-faces',
    advisable: 75,
    advice: 'make sure that nobody else is in the picture',
  },
  {
    name: 'wholeFace',
    required: 60,
    code: 'face-cut-off',
    advisable: 95,
    advice: 'move so that the whole face is in the picture',
  },
  ...['cropLeft', 'cropRight', 'marginAbove', 'marginBelow'].map((name) => ({
    name,
    advisable: 5,
    advice: 'leave some room around the head',
  })),
  { name: 'eyeDistance', required: 7, code: 'capture-too-small', advisable: 30, advice: 'come closer to the camera' },
  { name: 'yaw', required: 60, code: 'capture-not-frontal', advisable: 85, advice: 'look straight into the camera' },
  {
    name: 'pitch',
    required: 50,
    code: 'capture-not-frontal',
    advisable: 80,
    advice: 'hold the camera at the height of your eyes',
  },
  { name: 'roll', required: 30, code: 'capture-not-frontal', advisable: 85, advice: 'hold your head upright' },
  {
    name: 'notUnderexposed',
    required: 40,
    code: 'capture-too-dark',
    advisable: 80,
    advice: 'go where there is more light',
  },
  {
    name: 'notOverexposed',
    required: 60,
    code: 'capture-too-bright',
    advisable: 90,
    advice: 'turn away from the glaring light',
  },
  {
    name: 'brightness',
    required: 5,
    code: 'capture-badly-lit',
    advisable: 40,
    advice: 'go where the light is brighter but soft',
  },
  {
    name: 'dynamicRange',
    required: 40,
    code: 'capture-lacks-contrast',
    advisable: 65,
    advice: 'clean the lens and go where there is more light',
  },
  {
    name: 'sharpness',
    required: 10,
    code: 'capture-blurred',
    advisable: 35,
    advice: 'hold still and let the camera focus',
  },
  { name: 'evenLight', advisable: 30, advice: 'turn towards the light' },
  { name: 'headSize', advisable: 1, advice: 'hold the camera so that the head fills half of the picture' },
  { name: 'eyesOpen', advisable: 75, advice: 'open your eyes' },
  { name: 'mouthClosed', advisable: 70, advice: 'close your mouth' },
]
