/** What a model is for. Several models may serve one role together (`face-recognition`, `pad`). */
export type Role = 'face-detection' | 'face-mesh' | 'face-recognition' | 'pad' | 'mrz-detection' | 'mrz-recognition'

export const ROLES: readonly Role[] = [
  'face-detection',
  'face-mesh',
  'face-recognition',
  'pad',
  'mrz-detection',
  'mrz-recognition',
]
