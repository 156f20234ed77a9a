import { expect, it } from 'vitest'
import { CHALLENGE_LIFETIME, MAX_CHALLENGES, openMemoryLedger } from '../../src/engine/challenge-ledger.ts'

function openAt(start: number) {
  const clock = { now: start }
  return { clock, ledger: openMemoryLedger<string>(() => clock.now) }
}

it('takes a challenge back once', async () => {
  const { ledger } = openAt(0)
  const { id } = await ledger.issue('turn left')
  await expect(ledger.spend(id)).resolves.toBe('turn left')
  await expect(ledger.spend(id)).rejects.toMatchObject({ code: 'challenge-spent', kind: 'unprocessable' })
})

it('knows no challenge that it did not issue', async () => {
  const { ledger } = openAt(0)
  await expect(ledger.spend('constructor')).rejects.toMatchObject({ code: 'challenge-unknown' })
})

it('takes none back after its time, and says that it expired', async () => {
  const { clock, ledger } = openAt(1_000_000)
  const { id, expiresAt } = await ledger.issue('look up')
  expect(expiresAt.getTime()).toBe(1_000_000 + CHALLENGE_LIFETIME)
  clock.now += CHALLENGE_LIFETIME
  await expect(ledger.spend(id)).rejects.toMatchObject({ code: 'challenge-expired' })
  clock.now += CHALLENGE_LIFETIME
  await expect(ledger.spend(id)).rejects.toMatchObject({ code: 'challenge-unknown' })
})

it('believes no answer that took longer than the time since it was asked for, and spends it all the same', async () => {
  const { clock, ledger } = openAt(0)
  const [quick, slow] = [await ledger.issue('turn left'), await ledger.issue('turn right')]
  clock.now = 9_000
  await expect(ledger.spend(quick.id, 8_900)).resolves.toBe('turn left')
  await expect(ledger.spend(slow.id, 12_000)).rejects.toMatchObject({ code: 'times-impossible', kind: 'unprocessable' })
  await expect(ledger.spend(slow.id, 100)).rejects.toMatchObject({ code: 'challenge-spent' })
})

it('remembers a bounded number, and has room again when they are forgotten', async () => {
  const { clock, ledger } = openAt(0)
  for (let i = 0; i < MAX_CHALLENGES; i++) await ledger.issue('blink')
  await expect(ledger.issue('blink')).rejects.toMatchObject({ code: 'overloaded', retryAfter: 120 })
  clock.now += 2 * CHALLENGE_LIFETIME
  await expect(ledger.issue('blink')).resolves.toBeDefined()
})
