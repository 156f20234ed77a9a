import { afterAll, expect, it } from 'vitest'
import { WorkerPool } from '../../src/pool/index.ts'
import type { tasks } from '../pool/test-worker.ts'
import { fakeEngine } from './fake-engine.ts'
import { form, serve } from './service.ts'

const pool = new WorkerPool<typeof tasks>({ file: new URL('../pool/test-worker.ts', import.meta.url), workers: 2 })
afterAll(() => pool.close())

type Answer = number | 'aborted' | 'refused'

/** Sends one request; a third of them invalid, a few withdrawn by their client. */
async function send(origin: string, i: number): Promise<Answer> {
  const withdraw = i % 10 === 7
  const controller = new AbortController()
  if (withdraw) setTimeout(() => controller.abort(), i % 30)
  const parts = i % 3 === 1 ? { passport: new Uint8Array(10) } : { page: new Uint8Array(20_000) }
  try {
    const response = await fetch(`${origin}/v1/verifications`, {
      method: 'POST',
      body: form(parts),
      signal: controller.signal,
      headers: { 'genkend-deadline-ms': i % 4 === 0 ? '60' : '5000' },
    })
    await response.text()
    return response.status
  } catch {
    return controller.signal.aborted ? 'aborted' : 'refused'
  }
}

it('answers every one of 1000 mixed requests, and those under way when it is told to end', async () => {
  const engine = fakeEngine()
  engine.work = async (call) => {
    await pool.run('compute', { milliseconds: 4 }, call)
  }
  const service = await serve(engine)
  const answers: Answer[] = []
  let next = 0
  let refusedBefore = 0
  let closed: Promise<void> | undefined
  const client = async () => {
    while (next < 1000) {
      const i = next++
      if (i === 900) closed = service.close()
      const answer = await send(service.origin, i)
      if (answer === 'refused' && !closed) refusedBefore++
      answers.push(answer)
    }
  }
  await Promise.all(Array.from({ length: 40 }, client))
  await closed

  const count = (answer: Answer) => answers.filter((one) => one === answer).length
  const logged = (status: number) => service.log().match(new RegExp(`"status":${status},`, 'g'))?.length ?? 0
  expect(answers.length).toBe(1000)
  expect(['aborted', 'refused', 200, 400, 503, 504]).toEqual(expect.arrayContaining([...new Set(answers)]))
  expect(refusedBefore).toBe(0)
  expect(count(200)).toBeGreaterThan(100)
  expect(count(400)).toBeGreaterThan(200)
  for (const status of [200, 400, 503, 504]) expect(logged(status)).toBeGreaterThanOrEqual(count(status))
  // Whoever was not refused at the door, and did not leave, got the answer that the service meant to give.
  expect(logged(499)).toBeLessThanOrEqual(count('aborted'))
  expect(logged(500)).toBe(0)
  expect(pool.queued).toEqual({ interactive: 0, batch: 0 })
})
