import { describe, expect, it } from 'vitest'
import { oppositeChallenge, perform, poseChallenge } from '../../src/specimen/performance.ts'

describe('a performance', () => {
  it('follows each request within 0.8 seconds, and never before it', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const challenge = poseChallenge(seed)
      const frames = perform(challenge)
      for (const [i, { kind, at }] of challenge.steps.entries()) {
        const yawAt = (time: number) => frames.find((frame) => frame.time >= time)!.view.yaw!
        const asked = kind === 'look-ahead' ? 0 : kind === 'turn-left' ? 28 : -28
        const before = challenge.steps[i - 1]?.kind
        const held = before === undefined || before === 'look-ahead' ? 0 : before === 'turn-left' ? 28 : -28
        expect(Math.abs(yawAt(at + 800) - asked)).toBeLessThan(3)
        expect(Math.abs(yawAt(at) - held)).toBeLessThan(3)
      }
    }
  })

  it('turns slowly enough for a head and shows a new picture five times a second', () => {
    const frames = perform(poseChallenge('a'))
    for (const [i, { time, view }] of frames.slice(1).entries()) {
      expect(time - frames[i]!.time).toBe(280)
      expect(Math.abs(view.yaw! - frames[i]!.view.yaw!) / 0.2).toBeLessThan(120)
      expect(view.frame).toBe(i + 1)
    }
  })

  it('asks for both sides, in an order that the opposite challenge reverses', () => {
    const kinds = (challenge: ReturnType<typeof poseChallenge>) => challenge.steps.map(({ kind }) => kind)
    const orders = new Set(['a', 'b', 'c', 'd', 'e'].map((seed) => kinds(poseChallenge(seed)).join()))
    expect(orders.size).toBe(2)
    expect(kinds(oppositeChallenge('a'))).toEqual(kinds(poseChallenge('a')).toReversed())
    expect(oppositeChallenge('a').nonce).not.toBe(poseChallenge('a').nonce)
  })
})
