import { Fault } from '../../src/check/index.ts'
import { workerTasks } from '../../src/pool/index.ts'

/** Blocks the thread, as inference does. */
function compute(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

let performed = 0
let count: Int32Array = new Int32Array(1)

export const tasks = {
  echo: async (input: unknown) => input,
  sizes: async ({ files }: { files: Record<string, Uint8Array> }) =>
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.length])),
  compute: async ({ milliseconds }: { milliseconds: number }) => compute(milliseconds),
  /** Ten stages; says how many it got through, to whoever asks `stagesPerformed` of the same thread. */
  stages: async ({ milliseconds }: { milliseconds: number }, isCancelled: () => boolean) => {
    performed = 0
    for (let stage = 0; stage < 10; stage++) {
      if (isCancelled()) throw new Fault('cancelled', 'cancelled', 'stopped between stages')
      compute(milliseconds)
      performed++
    }
  },
  stagesPerformed: async (_: object) => performed,
  refuse: async (_: object) => {
    throw new Fault('image-too-large', 'too-large', 'more pixels than the limit')
  },
  blunder: async ({ name }: { name: string }) => {
    throw new Error(`cannot read ${name}`)
  },
  rememberFarewells: async ({ farewells }: { farewells: Int32Array<SharedArrayBuffer> }) => {
    count = farewells
    compute(20)
  },
  farewell: async (_: object) => {
    Atomics.add(count, 0, 1)
    compute(20)
  },
  exit: async (_: object) => process.exit(3),
  throwOutside: async (_: object) => {
    setImmediate(() => {
      throw new Error('outside of any task')
    })
    await new Promise(() => {})
  },
}

export default workerTasks(tasks)
