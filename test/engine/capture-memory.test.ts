import { expect, it } from 'vitest'
import { CaptureMemory, MAX_FRAMES_REMEMBERED } from '../../src/engine/capture-memory.ts'
import { CHALLENGE_LIFETIME } from '../../src/engine/challenge-ledger.ts'
import { FINGERPRINT_VALUES } from '../../src/liveness/fingerprint.ts'

const prints = (frames: number, value: number) => new Float32Array(frames * FINGERPRINT_VALUES).fill(value)

it('remembers captures as long as a challenge of their time can be answered', () => {
  const clock = { now: 0 }
  const memory = new CaptureMemory(() => clock.now)
  memory.remember(prints(2, 1))
  clock.now = CHALLENGE_LIFETIME
  memory.remember(prints(1, 2))
  expect([...memory.earlier]).toEqual([...prints(2, 1), ...prints(1, 2)])
  clock.now = 2 * CHALLENGE_LIFETIME
  expect([...memory.earlier]).toEqual([...prints(1, 2)])
  clock.now = 3 * CHALLENGE_LIFETIME
  expect(memory.earlier).toHaveLength(0)
})

it('remembers a bounded number, the latest', () => {
  const memory = new CaptureMemory(() => 0)
  for (let i = 0; i < 5; i++) memory.remember(prints(MAX_FRAMES_REMEMBERED / 4, i))
  expect(memory.earlier).toHaveLength(MAX_FRAMES_REMEMBERED * FINGERPRINT_VALUES)
  expect(memory.earlier[0]).toBe(1)
  expect(memory.earlier.at(-1)).toBe(4)
})
