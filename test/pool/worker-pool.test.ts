import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Overload, WorkerPool } from '../../src/pool/index.ts'
import type { tasks } from './test-worker.ts'

type TestPool = WorkerPool<typeof tasks>

const FILE = new URL('./test-worker.ts', import.meta.url)

/** Lets the threads start, so that times measured afterwards are those of the tasks. */
async function openWarm(workers: number): Promise<TestPool> {
  const pool: TestPool = new WorkerPool({ file: FILE, workers })
  await pool.runOnEach('compute', { milliseconds: 1 })
  return pool
}

describe('one worker', () => {
  let pool: TestPool
  beforeAll(async () => {
    pool = await openWarm(1)
  })
  afterAll(() => pool.close())

  describe('a call', () => {
    it('hands bytes over without taking them from its caller, those of small Buffers included', async () => {
      const files = { DG1: Buffer.from('abc'), DG2: new Uint8Array(100_000) }
      await expect(pool.run('sizes', { files })).resolves.toEqual({ DG1: 3, DG2: 100_000 })
      expect(files.DG2.length).toBe(100_000)
      expect(files.DG1.toString()).toBe('abc')
    })

    it('shares memory that is meant to be shared', async () => {
      const shared = new Uint8Array(new SharedArrayBuffer(8))
      const echoed = (await pool.run('echo', { shared })) as { shared: Uint8Array }
      shared[3] = 7
      expect(echoed.shared[3]).toBe(7)
    })

    it('keeps the code and kind of a fault, and says nothing about an unforeseen error', async () => {
      await expect(pool.run('refuse', {})).rejects.toMatchObject({ code: 'image-too-large', kind: 'too-large' })
      const error = await pool.run('blunder', { name: 'ERIKSSON' }).catch((fault) => fault)
      expect(error).toMatchObject({ code: 'internal', kind: 'internal' })
      expect(String(error.message)).not.toContain('ERIKSSON')
    })

    it('that was withdrawn before it began never runs', async () => {
      await expect(pool.run('echo', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    })

    it('leaves the queue at once when its caller leaves', async () => {
      const running = pool.run('compute', { milliseconds: 300 }, { cost: 'busy' })
      const controller = new AbortController()
      const waiting = pool.run('echo', {}, { signal: controller.signal })
      expect(pool.queued.interactive).toBe(1)
      controller.abort()
      await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
      expect(pool.queued.interactive).toBe(0)
      await running
    })

    it('stops between two stages when its caller leaves', async () => {
      const controller = new AbortController()
      const call = pool.run('stages', { milliseconds: 50 }, { signal: controller.signal })
      setTimeout(() => controller.abort(), 80)
      await expect(call).rejects.toMatchObject({ code: 'cancelled' })
      const performed = await pool.run('stagesPerformed', {})
      expect(performed).toBeGreaterThan(0)
      expect(performed).toBeLessThan(5)
    })
  })

  describe('a deadline', () => {
    it('answers in time although the worker is busy, and frees the worker between two stages', async () => {
      const begin = performance.now()
      await expect(pool.run('stages', { milliseconds: 50 }, { deadlineMs: 120 })).rejects.toMatchObject({
        code: 'deadline',
        kind: 'deadline',
      })
      expect(performance.now() - begin).toBeLessThan(400)
      expect(await pool.run('stagesPerformed', {})).toBeLessThan(8)
    })

    it('drops a waiting call that it has overtaken, without running it', async () => {
      const running = pool.run('stages', { milliseconds: 40 }, { cost: 'unknown' })
      const waiting = pool.run('blunder', { name: 'never' }, { cost: 'unknown', deadlineMs: 201 })
      await expect(waiting).rejects.toMatchObject({
        code: 'deadline',
      })
      await running
    })

    it('refuses at once what cannot be met, and says when to try again', async () => {
      for (let i = 0; i < 3; i++) await pool.run('compute', { milliseconds: 100 }, { cost: 'tenth' })
      const accepted = Array.from({ length: 12 }, () => pool.run('compute', { milliseconds: 100 }, { cost: 'tenth' }))
      const refused = await pool
        .run('compute', { milliseconds: 100 }, { cost: 'tenth', deadlineMs: 300 })
        .catch((fault) => fault)
      expect(refused).toBeInstanceOf(Overload)
      expect(refused).toMatchObject({ code: 'overloaded', kind: 'overloaded' })
      expect(Number.isInteger(refused.retryAfter) && refused.retryAfter >= 1).toBe(true)
      await Promise.all(accepted)
    })

    it('lets quick calls in where slow ones have no time, although their kind is the same', async () => {
      for (let i = 0; i < 3; i++) await pool.run('compute', { milliseconds: 200 }, { cost: 'slow' })
      for (let i = 0; i < 3; i++) await pool.run('compute', { milliseconds: 1 }, { cost: 'quick' })
      const ahead = pool.run('compute', { milliseconds: 200 }, { cost: 'slow' })
      const quick = pool.run('compute', { milliseconds: 1 }, { cost: 'quick', deadlineMs: 350 })
      const slow = pool.run('compute', { milliseconds: 200 }, { cost: 'slow', deadlineMs: 350 })
      await expect(slow).rejects.toMatchObject({ code: 'overloaded' })
      await expect(quick).resolves.toBeUndefined()
      await ahead
    })

    it('never refuses a call when a worker is free, however long such calls took before', async () => {
      await pool.run('compute', { milliseconds: 300 }, { cost: 'long' })
      await expect(pool.run('compute', { milliseconds: 1 }, { cost: 'long', deadlineMs: 200 })).resolves.toBeUndefined()
    })
  })
})

describe('a pool', () => {
  let pool: TestPool
  afterEach(() => pool.close())

  describe('a worker that dies', () => {
    it.each(['exit', 'throwOutside'] as const)('(%s) is replaced, and its call gets an answer', async (kind) => {
      pool = await openWarm(2)
      const other = pool.run('compute', { milliseconds: 100 }, { cost: 'tenth' })
      await expect(pool.run(kind, {})).rejects.toMatchObject({ code: 'worker-lost', kind: 'internal' })
      await other
      const after = Array.from({ length: 4 }, () => pool.run('echo', 'still here'))
      await expect(Promise.all(after)).resolves.toEqual(Array(4).fill('still here'))
    })

    it('does not take the calls that wait behind it along', async () => {
      pool = await openWarm(1)
      const dying = pool.run('exit', {})
      const waiting = pool.run('echo', 'alive')
      await expect(dying).rejects.toMatchObject({ code: 'worker-lost' })
      await expect(waiting).resolves.toBe('alive')
    })

    it('and cannot be replaced at all: calls are answered, not left hanging', async () => {
      pool = new WorkerPool({ file: new URL('./no-such-worker.ts', FILE), workers: 1 })
      await expect(pool.run('echo', {})).rejects.toMatchObject({ code: 'worker-lost' })
      await expect(pool.run('echo', {})).rejects.toMatchObject({ code: 'worker-lost' })
    })
  })

  describe('closing', () => {
    it('answers everything that was admitted and refuses what comes after', async () => {
      pool = await openWarm(2)
      const admitted = Array.from({ length: 8 }, (_, i) =>
        pool.run('echo', i, { lane: i % 2 === 0 ? 'interactive' : 'batch' }),
      )
      const closing = pool.close()
      await expect(pool.run('echo', 'late')).rejects.toMatchObject({ code: 'shutting-down', kind: 'overloaded' })
      await expect(Promise.all(admitted)).resolves.toEqual([0, 1, 2, 3, 4, 5, 6, 7])
      await closing
      expect(pool.running).toBe(0)
    })
  })

  it('lets every thread say farewell before it ends', async () => {
    pool = await openWarm(2)
    const farewells = new Int32Array(new SharedArrayBuffer(4))
    await pool.runOnEach('rememberFarewells', { farewells })
    await pool.close('farewell')
    expect(Atomics.load(farewells, 0)).toBe(2)
  })
})
