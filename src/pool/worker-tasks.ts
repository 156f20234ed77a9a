import { Fault, type FaultRecord } from '../check/index.ts'

/** What the pool posts to a worker. */
export interface TaskMessage {
  readonly kind: string
  readonly input: unknown
  /** See `Call.stop`. */
  readonly stop: Int32Array
}

/** What comes back. Faults travel as records: cloning an error between threads drops its code. */
export type TaskReply = { readonly answer: unknown } | { readonly fault: FaultRecord }

/** Asked between stages: true once nobody waits for the answer. */
export type IsCancelled = () => boolean

/** The tasks that a worker knows by name. Inputs and answers are plain data, bytes included. */
// biome-ignore lint/suspicious/noExplicitAny: each task has its own input; `TaskInput` gives it back to callers.
export type WorkerTasks = Readonly<Record<string, (input: any, isCancelled: IsCancelled) => Promise<unknown>>>

export type TaskInput<T extends WorkerTasks, K extends keyof T> = Parameters<T[K]>[0]

export type TaskAnswer<T extends WorkerTasks, K extends keyof T> = Awaited<ReturnType<T[K]>>

/** The function that a worker file exports as default: performs the task that a message names. */
export function workerTasks(tasks: WorkerTasks): (message: TaskMessage) => Promise<TaskReply> {
  return async ({ kind, input, stop }) => {
    try {
      const perform = tasks[kind]
      if (!perform) throw new Error(`no such task: ${kind}`)
      return { answer: await perform(input, () => Atomics.load(stop, 0) !== 0) }
    } catch (error) {
      if (!(error instanceof Fault) && process.env.GENKEND_DEBUG) console.error(error)
      return { fault: Fault.record(error) }
    }
  }
}
