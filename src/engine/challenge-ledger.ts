import { randomBytes } from 'node:crypto'
import { Fault } from '../check/index.ts'
import { Overload } from '../pool/index.ts'

/** How long a challenge can be answered, and how long an expired or spent one is remembered as such, in ms. */
export const CHALLENGE_LIFETIME = 120_000

/** By so much the clocks of server and caller may differ in their speed over that time, ms. */
const CLOCK_DRIFT = 250

/** The most challenges that are remembered at once. */
export const MAX_CHALLENGES = 20_000

export interface IssuedChallenge {
  /** 128 random bits, base64url: who does not hold it cannot spend it. */
  readonly id: string
  readonly expiresAt: Date
}

/** The challenges that this service issued. Each can be taken back once. */
export interface ChallengeLedger<Challenge> {
  /** @throws Overload when too many are open. */
  issue(challenge: Challenge): Promise<IssuedChallenge>
  /**
   * @param took how long answering took, as the caller says, ms: nothing takes longer than since it was asked for
   * @throws Fault `challenge-unknown`, `challenge-expired`, `challenge-spent` or `times-impossible` (unprocessable).
   */
  spend(id: string, took?: number): Promise<Challenge>
}

interface Entry<Challenge> {
  readonly challenge: Challenge
  readonly expiresAt: number
  spent: boolean
}

/** A ledger in memory, for a service of one process. `now` gives ms since 1970. */
export function openMemoryLedger<Challenge>(now: () => number = Date.now): ChallengeLedger<Challenge> {
  // All live equally long, so that the order of insertion is the order of expiry.
  const entries = new Map<string, Entry<Challenge>>()

  const forget = () => {
    for (const [id, { expiresAt }] of entries) {
      if (expiresAt + CHALLENGE_LIFETIME > now()) return
      entries.delete(id)
    }
  }

  return {
    async issue(challenge) {
      forget()
      if (entries.size >= MAX_CHALLENGES)
        throw new Overload('overloaded', 'too many challenges are open', CHALLENGE_LIFETIME)
      const id = randomBytes(16).toString('base64url')
      const expiresAt = now() + CHALLENGE_LIFETIME
      entries.set(id, { challenge, expiresAt, spent: false })
      return { id, expiresAt: new Date(expiresAt) }
    },

    async spend(id, took = 0) {
      forget()
      const entry = entries.get(id)
      if (!entry) throw unspendable('challenge-unknown', 'no such challenge was issued lately')
      if (entry.spent) throw unspendable('challenge-spent', 'the challenge has been used')
      if (entry.expiresAt <= now()) throw unspendable('challenge-expired', 'the challenge has expired')
      entry.spent = true
      if (took > now() - (entry.expiresAt - CHALLENGE_LIFETIME) + CLOCK_DRIFT) {
        throw unspendable(
          'times-impossible',
          'the frames cover more time than has passed since the challenge was issued',
        )
      }
      return entry.challenge
    },
  }
}

const unspendable = (code: string, message: string) => new Fault(code, 'unprocessable', message)
