import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseChallenge } from '../../src/liveness/index.ts'
import { challengeOf } from './performer.ts'

const nonces = fc.uint8Array({ minLength: 16, maxLength: 32 })

describe('the challenge that a nonce chooses', () => {
  it('is the same for the same nonce, and names it', () => {
    fc.assert(
      fc.property(nonces, (nonce) => {
        expect(chooseChallenge(nonce)).toEqual(chooseChallenge(Uint8Array.from(nonce)))
        expect(chooseChallenge(nonce).nonce).toBe(Buffer.from(nonce).toString('hex'))
      }),
    )
  })

  it('leaves time to react and to move for every step, and is over in twelve seconds', () => {
    fc.assert(
      fc.property(nonces, (nonce) => {
        const { steps } = chooseChallenge(nonce)
        expect(steps[0]).toEqual({ kind: 'look-ahead', at: 0 })
        expect(steps.at(-1)!.kind).toBe('look-ahead')
        expect(steps.at(-1)!.at).toBeLessThan(12_000)
        for (const [i, { at }] of steps.slice(1).entries()) expect(at - steps[i]!.at).toBeGreaterThanOrEqual(900)
      }),
    )
  })

  it('cannot be foreseen: every order of turns comes up about as often, at many times', () => {
    const orders = new Map<string, number>()
    const times = new Set<string>()
    for (let i = 0; i < 800; i++) {
      const { steps } = challengeOf(i)
      const order = steps.map(({ kind }) => kind).join(' ')
      orders.set(order, (orders.get(order) ?? 0) + 1)
      times.add(steps.map(({ at }) => at).join(' '))
    }
    expect(orders.size).toBe(8)
    expect(Math.min(...orders.values())).toBeGreaterThan(60)
    expect(times.size).toBeGreaterThan(790)
  })

  it('refuses a nonce that could be guessed', () => {
    expect(() => chooseChallenge(new Uint8Array(8))).toThrow(RangeError)
  })
})
