import { type Challenge, judgeChallenge, type ObservedFrame } from '../../src/liveness/index.ts'
import { compare } from './performer.ts'

export const LEFT_THEN_RIGHT: Challenge = {
  nonce: '00',
  steps: [
    { kind: 'look-ahead', at: 0 },
    { kind: 'turn-left', at: 1000 },
    { kind: 'look-ahead', at: 2500 },
    { kind: 'turn-right', at: 3600 },
    { kind: 'look-ahead', at: 5100 },
  ],
}

export const judge = (frames: readonly ObservedFrame[], challenge = LEFT_THEN_RIGHT) =>
  judgeChallenge(challenge, frames, compare)

/** `ok`, or the first thing that was wrong. */
export const codeOf = (frames: readonly ObservedFrame[], challenge = LEFT_THEN_RIGHT) => judge(frames, challenge).code
