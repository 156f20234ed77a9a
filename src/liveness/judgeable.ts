import type { FaceQuality } from '../face/index.ts'

/** Why a picture says nothing about whether its face is live. */
export type Unjudgeable = 'pad-too-dark' | 'pad-too-bright' | 'pad-too-blurred'

/**
 * Values of the capture's quality that a score needs. Measured on photographs and simulated attacks that were blurred and
 * darkened: just above, attacks pass no more often than they do in good pictures; below, live faces are doubted at random.
 */
const LEAST = { notUnderexposed: 40, notOverexposed: 60, brightness: 20, sharpness: 20 } as const

/**
 * Whether a detector's score would mean anything: darkness and blur hide what tells an attack from a live face, so an
 * attacker could choose them. Undefined when it would.
 */
export function unjudgeable({ values }: FaceQuality): Unjudgeable | undefined {
  const isLow = (name: keyof typeof LEAST) => (values[name] ?? 0) < LEAST[name]
  if (isLow('notUnderexposed')) return 'pad-too-dark'
  if (isLow('notOverexposed')) return 'pad-too-bright'
  // Its mean is near black or near white.
  if (isLow('brightness'))
    return (values.notOverexposed ?? 0) < (values.notUnderexposed ?? 0) ? 'pad-too-bright' : 'pad-too-dark'
  return isLow('sharpness') ? 'pad-too-blurred' : undefined
}
