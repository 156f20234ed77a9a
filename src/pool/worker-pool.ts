import { Piscina } from 'piscina'
import { Fault } from '../check/index.ts'
import { admit, type Backlog } from './admission.ts'
import { Call, type PoolCallOptions } from './call.ts'
import { giveThreadsHeapRoom } from './heap-room.ts'
import { type Lane, Lanes } from './lanes.ts'
import { Overload } from './overload.ts'
import { ServiceTimes } from './service-times.ts'
import { pack } from './transfer.ts'
import type { TaskAnswer, TaskInput, TaskMessage, TaskReply, WorkerTasks } from './worker-tasks.ts'

/** After piscina's close time-out it would end workers in mid-run, which aborts the process: never (a timer's limit). */
const NEVER = 2 ** 31 - 1

/** Where the workers' file is and how many of them run it. */
export interface WorkerPoolOptions {
  /** The file whose default export is made by `workerTasks`, as a `file:` URL. */
  readonly file: URL
  readonly workers: number
  /** What every worker finds as `workerData`. */
  readonly workerData?: unknown
}

/** A call that a thread holds. */
interface Run {
  /** On the clock of `performance.now()`. */
  readonly since: number
  /** Gives up on a thread that will never answer. */
  readonly abandon: (reason: Error) => void
}

/**
 * Threads behind a bounded queue. A call is admitted or refused at once, waits in its lane, is dropped when its
 * deadline passes or its caller leaves, and always gets exactly one answer, also when its worker dies.
 *
 * Inference cannot be interrupted: ending a thread while onnxruntime runs aborts the whole process. So a running
 * call is only ever asked to stop, and its worker is free again once it has noticed.
 */
export class WorkerPool<Tasks extends WorkerTasks> {
  readonly #threads: Piscina
  readonly #lanes = new Lanes<Call>()
  readonly #running = new Map<Call, Run>()
  readonly #serviceTimes = new ServiceTimes()
  #onIdle: (() => void) | undefined

  constructor(private readonly options: WorkerPoolOptions) {
    giveThreadsHeapRoom()
    this.#threads = new Piscina({
      filename: options.file.href,
      workerData: options.workerData ?? {},
      minThreads: options.workers,
      maxThreads: options.workers,
      concurrentTasksPerWorker: 1,
      stricterFIFO: true,
      // A waiting worker must keep its event loop: the OCR engine's own thread answers there.
      atomics: 'disabled',
      recordTiming: false,
      closeTimeout: NEVER,
      // The sources run as they are in development; a build runs plain JavaScript.
      execArgv: options.file.pathname.endsWith('.ts') ? ['--import', 'tsx'] : [],
    })
    this.#threads.on('error', () => this.#abandonWithoutThreads())
  }

  get workers(): number {
    return this.options.workers
  }

  get queued(): Readonly<Record<Lane, number>> {
    return { interactive: this.#lanes.waiting('interactive').length, batch: this.#lanes.waiting('batch').length }
  }

  get running(): number {
    return this.#running.size
  }

  /**
   * Performs one task. The input's bytes must not change until the answer is there.
   * @throws Overload when the queue cannot answer in time; Fault `deadline`, `cancelled`, `worker-lost`, or the task's own.
   */
  async run<K extends keyof Tasks & string>(
    kind: K,
    input: TaskInput<Tasks, K>,
    options: PoolCallOptions = {},
  ): Promise<TaskAnswer<Tasks, K>> {
    const { lane = 'interactive', deadlineMs = Number.POSITIVE_INFINITY, signal, cost = kind } = options
    if (this.#onIdle) throw new Overload('shutting-down', 'the service is shutting down', 0)
    if (signal?.aborted) throw new Fault('cancelled', 'cancelled', 'the caller withdrew the call')
    const waiting = this.#lanes.waiting(lane).length
    admit(lane, waiting, this.#serviceTimes.expected(cost), deadlineMs, this.#backlog())

    const call = new Call(kind, input, lane, options, () => this.#lanes.remove(lane, call))
    this.#lanes.add(lane, call)
    this.#dispatch()
    return (await call.answer) as TaskAnswer<Tasks, K>
  }

  /** Performs a task once on every thread, ahead of the queue; meant for warming up, before the first call. */
  async runOnEach<K extends keyof Tasks & string>(
    kind: K,
    input: TaskInput<Tasks, K>,
  ): Promise<readonly TaskAnswer<Tasks, K>[]> {
    const calls = Array.from({ length: this.workers }, () => new Call(kind, input, 'interactive', {}, () => {}))
    for (const call of calls) void this.#perform(call)
    return (await Promise.all(calls.map((call) => call.answer))) as TaskAnswer<Tasks, K>[]
  }

  /**
   * Refuses new calls, waits until every admitted one has been answered, then ends the threads. `farewell` names a task
   * without input that each thread performs last, to give back what it holds.
   */
  async close(farewell?: keyof Tasks & string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve
      this.#reportIdle()
    })
    if (farewell) await this.runOnEach(farewell, {}).catch(() => {})
    await this.#threads.close()
  }

  #backlog(): Backlog {
    const expected = (call: Call) => this.#serviceTimes.expected(call.cost)
    const total = (calls: readonly Call[]) => calls.reduce((sum, call) => sum + expected(call), 0)
    const idle = this.#running.size < this.workers
    const now = performance.now()
    let running = 0
    // A call that overruns its estimate still holds its worker; half of the estimate is the best guess then.
    for (const [call, { since }] of this.#running)
      running += Math.max(expected(call) - (now - since), expected(call) / 2)
    return {
      workers: this.workers,
      running: idle ? 0 : running,
      queued: { interactive: total(this.#lanes.waiting('interactive')), batch: total(this.#lanes.waiting('batch')) },
    }
  }

  #dispatch(): void {
    while (this.#running.size < this.workers) {
      const call = this.#lanes.next()
      if (!call) return
      if (!call.expireIfLate()) void this.#perform(call)
    }
  }

  async #perform(call: Call): Promise<void> {
    const since = performance.now()
    try {
      const reply = await new Promise<TaskReply>((resolve, abandon) => {
        this.#running.set(call, { since, abandon })
        this.#post(call).then(resolve, abandon)
      })
      if ('answer' in reply) call.resolve(reply.answer)
      else call.reject(Fault.fromRecord(reply.fault))
    } catch (error) {
      call.reject(new Fault('worker-lost', 'internal', 'the worker that held the call ended', { cause: error }))
    } finally {
      this.#running.delete(call)
      this.#measure(call, performance.now() - since)
      this.#dispatch()
      this.#reportIdle()
    }
  }

  async #post({ kind, input, stop }: Call): Promise<TaskReply> {
    const { message, transferList } = pack(input)
    const task: TaskMessage = { kind, input: message, stop }
    return this.#threads.run(task, { transferList: [...transferList] })
  }

  /** A withdrawn call stopped early: it says something about the service time only when it was long all the same. */
  #measure(call: Call, elapsed: number): void {
    if (!call.withdrawn || elapsed > this.#serviceTimes.expected(call.cost))
      this.#serviceTimes.record(call.cost, elapsed)
  }

  #reportIdle(): void {
    const { interactive, batch } = this.queued
    if (this.#running.size + interactive + batch === 0) this.#onIdle?.()
  }

  /** A replacement that cannot even start leaves its calls waiting inside piscina for ever: answer them here. */
  #abandonWithoutThreads(): void {
    if (this.#threads.threads.length > 0) return
    for (const { abandon } of this.#running.values()) abandon(new Error('no worker could be started'))
  }
}
