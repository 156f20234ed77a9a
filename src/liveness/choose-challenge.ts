import { createHash } from 'node:crypto'
import type { Challenge, ChallengeStep } from './challenge.ts'
import { LIGHTS } from './lights.ts'

/** Kinds of which one joins the turns and the lights. Blinking is not among them: a calm camera misses quick lids. */
const FURTHER = ['look-up', 'come-closer'] as const
/** How long a person is left to look ahead first, to move, and to move back, in ms; the nonce adds up to `SPREAD`. */
const FIRST_AHEAD = 800
const MOVE = 1300
const AHEAD = 1200
const SPREAD = 200
/** The screen shines in so many colours, each for so long, in ms. */
const COLOURS = 3
const SHINE = 600
/** Times are whole multiples of this, in ms. */
const GRAIN = 25

type Task = 'turn-left' | 'turn-right' | 'light' | (typeof FURTHER)[number]

/**
 * Derives a challenge from a nonce of at least 16 bytes: two turns of the head, the screen's light in three colours
 * and one task of another kind, in any order, looking ahead between them. The nonce decides kinds, order, directions, colours and times; the same nonce gives
 * the same challenge.
 */
export function chooseChallenge(nonce: Uint8Array): Challenge {
  if (nonce.length < 16) throw new RangeError('a nonce has at least 16 bytes')
  const draw = drawsFrom(nonce)
  const pause = (least: number) => least + GRAIN * draw(SPREAD / GRAIN + 1)

  const steps: ChallengeStep[] = [{ kind: 'look-ahead', at: 0 }]
  let at = pause(FIRST_AHEAD)
  for (const task of chooseTasks(draw)) {
    if (task === 'light') {
      for (const colour of chooseColours(draw)) {
        steps.push({ kind: 'light', colour, at })
        at += SHINE
      }
    } else {
      steps.push({ kind: task, at })
      at += pause(MOVE)
    }
    steps.push({ kind: 'look-ahead', at })
    at += pause(AHEAD)
  }
  return { nonce: Buffer.from(nonce).toString('hex'), steps }
}

function chooseTasks(draw: Draw): readonly Task[] {
  const turn = (): Task => (draw(2) === 0 ? 'turn-left' : 'turn-right')
  const left: Task[] = [turn(), turn(), 'light', FURTHER[draw(FURTHER.length)]!]
  const tasks: Task[] = []
  while (left.length > 0) tasks.push(...left.splice(draw(left.length), 1))
  return tasks
}

/** Each other than the one before it. */
function chooseColours(draw: Draw): readonly string[] {
  const colours: string[] = []
  for (let i = 0; i < COLOURS; i++) {
    const others = Object.keys(LIGHTS).filter((colour) => colour !== colours.at(-1))
    colours.push(others[draw(others.length)]!)
  }
  return colours
}

/** A whole number from 0, less than `many`; of the 32 bytes of a hash each is used once, a challenge needs about 20. */
type Draw = (many: number) => number

function drawsFrom(nonce: Uint8Array): Draw {
  const bytes = createHash('sha256').update('genkend liveness challenge').update(nonce).digest()
  let at = 0
  return (many) => Math.floor((bytes[at++]! / 256) * many)
}
