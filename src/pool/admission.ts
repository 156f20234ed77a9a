import { INTERACTIVE_RUN, type Lane } from './lanes.ts'
import { Overload } from './overload.ts'

/** The most calls that may wait in one lane: what is held in memory stays bounded without any deadline, too. */
export const MAX_WAITING = 1024

/** The work that stands before a new call, in ms of one worker's time. */
export interface Backlog {
  readonly workers: number
  /** What is left of the calls that are running. */
  readonly running: number
  readonly queued: Readonly<Record<Lane, number>>
}

/** How long a new call would wait before a worker takes it up, in ms. */
export function expectedWait(lane: Lane, { workers, running, queued }: Backlog): number {
  const batchBetween = Math.min(queued.batch, queued.interactive / INTERACTIVE_RUN)
  const ahead = lane === 'interactive' ? queued.interactive + batchBetween : queued.interactive + queued.batch
  return (running + ahead) / workers
}

/**
 * Lets a call into its lane or refuses it at once: a call that would only be answered after its deadline costs
 * others their time. `service` is the call's own expected time, `deadline` its time to live, both in ms.
 * @throws Overload
 */
export function admit(lane: Lane, waiting: number, service: number, deadline: number, backlog: Backlog): void {
  const wait = expectedWait(lane, backlog)
  if (waiting >= MAX_WAITING) throw new Overload('overloaded', 'the queue is full', wait)
  // An idle worker always gets its call: the estimate may be wrong, and only a finished call corrects it.
  if (wait > 0 && wait + service > deadline)
    throw new Overload('overloaded', 'the queue cannot meet the deadline', wait + service - deadline)
}
