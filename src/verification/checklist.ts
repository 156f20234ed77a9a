import { CHIP_CHECKS } from '../chip/report.ts'

/** Every check there is, in the order in which results list them. */
export const CHECKS = [
  'mrz.found',
  'mrz.checkDigits',
  ...CHIP_CHECKS,
  'document.notExpired',
  'document.pageMatchesChip',
  'face.portrait',
  'face.capture',
  'face.match',
  'liveness.passive',
  'liveness.challenge',
] as const

export type CheckName = (typeof CHECKS)[number]
