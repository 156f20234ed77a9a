import type { ChallengeStep } from '../challenge.ts'
import { median, type SeenFrame } from '../frame.ts'
import { LIGHTS, type Light, NO_LIGHT } from '../lights.ts'
import type { Reflection } from '../reflection.ts'
import { EARLIEST_MS, RECENT_MS, SETTLED_MS } from '../relief.ts'
import type { StepJudge } from './attempt.ts'

/** How far the colour must change, and the cosine between how it should and how it does. */
const MIN_CHANGE = 0.03
const MIN_COSINE = 0.75
/** Less light than this, 0 to 1, is mostly the camera's noise. */
const DARK = 0.002

/**
 * The face takes the colour that the screen shines in, and what stands behind it does not (after Zhou et al. 2012 and
 * Tang et al. 2018, "Face Flashing"). Face against background, the camera's exposure and white balance cancel out; what
 * remains is compared with the light just before, for a room's own colour cancels there.
 */
export const judgeLight: StepJudge = ({ step, previous, next, before, during }) => {
  const shining = LIGHTS[step.colour ?? '']
  if (!shining) return 'light-colour-unknown'
  const end = (next?.at ?? Number.POSITIVE_INFINITY) + EARLIEST_MS
  const lit = colourOf(during.filter(({ time }) => time >= step.at + SETTLED_MS && time <= end))
  const start = Math.max((previous?.at ?? 0) + SETTLED_MS, step.at - RECENT_MS)
  const unlit = colourOf(before.filter(({ time }) => time >= start && time <= step.at + EARLIEST_MS))
  if (!lit || !unlit) return 'light-not-measured'

  const seen = hue(difference(lit, unlit))
  const asked = hue(difference(shining, lightOf(previous)))
  if (Math.hypot(...seen) < MIN_CHANGE) return 'light-not-seen'
  return cosine(seen, asked) >= MIN_COSINE ? 'ok' : 'light-of-other-colour'
}

function lightOf(step: ChallengeStep | undefined): Light {
  return (step?.kind === 'light' && LIGHTS[step.colour ?? '']) || NO_LIGHT
}

/** The face's colour by the background's, as logarithms; undefined when no frame shows both. */
function colourOf(frames: readonly SeenFrame[]): Light | undefined {
  const ratios = frames.flatMap(({ reflection }) => {
    const ratio = reflection && againstBackground(reflection)
    return ratio ? [ratio] : []
  })
  if (ratios.length === 0) return undefined
  return channels((c) => median(ratios.map((ratio) => ratio[c])))
}

function againstBackground({ face, background }: Reflection): Light | undefined {
  if (!background || Math.min(...background) < DARK) return undefined
  return channels((c) => Math.log(Math.max(face[c], DARK) / background[c]))
}

function difference(a: Light, b: Light): Light {
  return channels((c) => a[c] - b[c])
}

/** What is left of a colour without its brightness. */
function hue(colour: Light): Light {
  const mean = (colour[0] + colour[1] + colour[2]) / 3
  return channels((c) => colour[c] - mean)
}

function cosine(a: Light, b: Light): number {
  return (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / Math.max(Math.hypot(...a) * Math.hypot(...b), 1e-9)
}

function channels(of: (channel: 0 | 1 | 2) => number): Light {
  return [of(0), of(1), of(2)]
}
