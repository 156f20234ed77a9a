import { createHash } from 'node:crypto'
import type { Challenge, ChallengeStep, StepKind } from './challenge.ts'

/** Three turns: a recording of another performance has their order and directions right one time in eight. */
const TURNS = 3
/** How long a person is left to look ahead first, to turn, and to turn back, in ms; the nonce adds up to `SPREAD`. */
const FIRST_AHEAD = 900
const TURN = 1300
const AHEAD = 1100
const SPREAD = 800
/** Times are whole multiples of this, in ms. */
const GRAIN = 50

/**
 * Derives a challenge from a nonce of at least 16 bytes: turns of the head to the left or right, looking ahead between
 * them; the nonce decides directions and times. The same nonce gives the same challenge.
 */
export function chooseChallenge(nonce: Uint8Array): Challenge {
  if (nonce.length < 16) throw new RangeError('a nonce has at least 16 bytes')
  const draw = drawsFrom(nonce)
  const pause = (least: number) => least + GRAIN * Math.floor((draw() / 256) * (SPREAD / GRAIN + 1))
  const turn = (): StepKind => (draw() < 128 ? 'turn-left' : 'turn-right')

  const steps: ChallengeStep[] = [{ kind: 'look-ahead', at: 0 }]
  let at = pause(FIRST_AHEAD)
  for (let i = 0; i < TURNS; i++) {
    steps.push({ kind: turn(), at })
    at += pause(TURN)
    steps.push({ kind: 'look-ahead', at })
    at += pause(AHEAD)
  }
  return { nonce: Buffer.from(nonce).toString('hex'), steps }
}

/** Bytes of SHA-256(nonce), each used once: a challenge needs 11 of the 32. */
function drawsFrom(nonce: Uint8Array): () => number {
  const bytes = createHash('sha256').update('genkend liveness challenge').update(nonce).digest()
  let at = 0
  return () => bytes[at++]!
}
