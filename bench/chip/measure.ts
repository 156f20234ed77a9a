import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { quantile } from '../report.ts'

/** Rows that run before anything counts. */
const WARM_UP_ROWS = 4

/** A row of calls; what each of them is given is there before the clock runs. */
export interface Row<T> {
  readonly calls: number
  readonly prepare: () => T
  readonly call: (given: T) => unknown
}

/** CPU time of the whole process in microseconds a call: the quarter of the rows that was disturbed least. */
export interface Pair {
  readonly ours: number
  readonly bare: number
}

/** Measures rows of ours and of the bare calls in turns, so that both meet the same machine. */
export function inTurns<T>(repeats: number, row: Row<T>, bare: () => void): Pair {
  const bareRow: Row<void> = { calls: row.calls, prepare: () => undefined, call: bare }
  const ours: number[] = []
  const bares: number[] = []
  for (let i = -WARM_UP_ROWS; i < repeats; i++) {
    const oursUs = microsecondsACall(row)
    const bareUs = microsecondsACall(bareRow)
    if (i < 0) continue
    ours.push(oursUs)
    bares.push(bareUs)
  }
  return { ours: quantile(ours, 0.25), bare: quantile(bares, 0.25) }
}

/**
 * A row ends with the collection of what it left: keys that were imported and dropped cost about as much to release as to
 * import, and without this it would be paid by whoever next fills the memory.
 */
function microsecondsACall<T>({ calls, prepare, call }: Row<T>): number {
  let given = Array.from({ length: calls }, prepare)
  collectYoung()
  const before = process.cpuUsage()
  for (const one of given) call(one)
  given = []
  collectYoung()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / calls
}

setFlagsFromString('--expose-gc')
const collect: (options: { type: 'minor' }) => void = runInNewContext('gc')
const collectYoung = () => collect({ type: 'minor' })
