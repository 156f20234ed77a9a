import { parentPort, workerData } from 'node:worker_threads'
import { earlierFinds, keepFind } from './finds-folder.ts'
import { type Find, Fuzzer, type Tally } from './fuzzer.ts'

/** What the worker is told: for how long, under which seed, where finds are kept, where to note what it is doing. */
export interface Assignment {
  readonly minutes: number
  readonly seed: number
  readonly folder: string
  /** The number of the input at hand. */
  readonly current: Int32Array
}

/** What the worker tells: a find as it is made, and at the end what became of all inputs. */
export type Message =
  | {
      readonly find: { readonly what: string; readonly target: string; readonly number: number; readonly file: string }
    }
  | { readonly tallies: ReadonlyMap<string, Tally> }

const { minutes, seed, folder, current } = workerData as Assignment
const fuzzer = new Fuzzer(seed)
const tell = (message: Message) => parentPort!.postMessage(message)

for (const { target, input } of earlierFinds(folder, fuzzer.targetNames)) report(fuzzer.again(target, input))

const end = performance.now() + minutes * 60_000
for (let number = 1; performance.now() < end; number++) {
  Atomics.store(current, 0, number)
  const { target, input } = fuzzer.inputNumber(number)
  report(fuzzer.attempt(target, input, number))
}
tell({ tallies: fuzzer.tallies })

function report(find: Find | undefined): void {
  if (!find) return
  const { what, target, number } = find
  tell({ find: { what, target, number, file: keepFind(folder, seed, find) } })
}
