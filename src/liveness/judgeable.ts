import type { FaceQuality } from '../face/index.ts'

/** Why a picture says nothing about whether its face is live. */
export type Unjudgeable = 'pad-too-dark' | 'pad-too-bright' | 'pad-too-blurred'

/** Which value of the capture's quality has to reach what, and what it means when it does not. */
const LIMITS: readonly (readonly [value: string, least: number, reason: Unjudgeable])[] = [
  ['notUnderexposed', 40, 'pad-too-dark'],
  ['brightness', 20, 'pad-too-dark'],
  ['notOverexposed', 60, 'pad-too-bright'],
  ['sharpness', 20, 'pad-too-blurred'],
]

/**
 * Whether a detector's score would mean anything: darkness and blur hide what tells an attack from a live face, so an
 * attacker could choose them. Undefined when it would.
 */
export function unjudgeable({ values }: FaceQuality): Unjudgeable | undefined {
  return LIMITS.find(([name, least]) => (values[name] ?? 0) < least)?.[2]
}
