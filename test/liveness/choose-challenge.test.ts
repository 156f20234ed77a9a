import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseChallenge, type StepKind } from '../../src/liveness/index.ts'
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
        for (const [i, { at }] of steps.slice(1).entries()) expect(at - steps[i]!.at).toBeGreaterThanOrEqual(600)
      }),
    )
  })

  it('holds two turns, three colours of which no two neighbours are alike, and one further thing', () => {
    fc.assert(
      fc.property(nonces, (nonce) => {
        const asked = chooseChallenge(nonce).steps.filter(({ kind }) => kind !== 'look-ahead')
        const count = (...kinds: StepKind[]) => asked.filter(({ kind }) => kinds.includes(kind)).length
        expect(count('turn-left', 'turn-right')).toBe(2)
        expect(count('look-up', 'come-closer')).toBe(1)
        expect(count('light')).toBe(3)
        const colours = asked.flatMap(({ colour }) => colour ?? [])
        for (const [i, colour] of colours.slice(1).entries()) expect(colour).not.toBe(colours[i])
      }),
    )
  })

  it('cannot be foreseen: every order comes up about as often, at many times', () => {
    const orders = new Map<string, number>()
    const times = new Set<string>()
    for (let i = 0; i < 2000; i++) {
      const { steps } = challengeOf(i)
      const order = steps.map(({ kind }) => kind).join(' ')
      orders.set(order, (orders.get(order) ?? 0) + 1)
      times.add(steps.map(({ at }) => at).join(' '))
    }
    // Two turns to either side, the light, and one of two further kinds, in any order.
    expect(orders.size).toBe(96)
    expect(Math.max(...orders.values())).toBeLessThan(60)
    expect(times.size).toBeGreaterThan(1980)
  })

  it('refuses a nonce that could be guessed', () => {
    expect(() => chooseChallenge(new Uint8Array(8))).toThrow(RangeError)
  })
})
