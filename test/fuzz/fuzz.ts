import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { keepFind } from './finds-folder.ts'
import type { Assignment, Message } from './fuzz-worker.ts'
import { Fuzzer, medianMs, type Tally } from './fuzzer.ts'

/** A worker that stays this long with one input hangs; what merely takes too long it reports itself. */
const HANG_MS = 20_000
const HEAP_MB = 256

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    finds: { type: 'string', default: '.cache/fuzz' },
  },
})
const minutes = Number(values.minutes)
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error('npm run fuzz -- --minutes N [--seed S] [--finds FOLDER]')
  process.exit(64)
}

console.log(`seed ${seed}, ${minutes} minutes, finds in ${values.finds}`)
const current = new Int32Array(new SharedArrayBuffer(4))
const assignment: Assignment = { minutes, seed, folder: values.finds, current }
// A thread of Node 20 does not take over the main thread's loader of TypeScript.
const entry = new URL('./fuzz-worker.ts', import.meta.url).href
const worker = new Worker(`import('tsx/esm/api').then(({ tsImport }) => tsImport('${entry}', '${entry}'))`, {
  eval: true,
  workerData: assignment,
  resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
})
let finds = 0
let last = -1

const watch = setInterval(() => {
  if (last === current[0]) stopAt('hangs')
  last = current[0]!
  console.error(`${last} inputs, ${finds} finds`)
}, HANG_MS)

worker.on('error', (error) => stopAt(`ends the process: ${error.message}`))
worker.on('message', (message: Message) => {
  if ('tallies' in message) return finish(message.tallies)
  finds++
  const { target, number, what, file } = message.find
  console.log(`${target}, input ${number}: ${what}; kept as ${file}`)
})

/** The input at hand is made again, under other keys, and kept. */
function stopAt(what: string): never {
  const number = current[0]!
  const { target, input } = new Fuzzer(seed).inputNumber(number)
  const find = { target: target.name, number, what, input, genuine: target.genuine }
  console.log(`${target.name}, input ${number}: ${what}; kept as ${keepFind(values.finds, seed, find)}`)
  process.exit(1)
}

function finish(tallies: ReadonlyMap<string, Tally>): void {
  clearInterval(watch)
  let total = 0
  for (const [target, tally] of [...tallies].sort()) {
    const { inputs, accepted, slowestMs } = tally
    total += inputs
    const times = `half within ${medianMs(tally).toFixed(1)} ms, slowest ${slowestMs.toFixed(1)} ms`
    const facts = `${accepted} accepted with nothing signed changed, ${times}`
    console.log(`${target.padEnd(31)} ${String(inputs).padStart(9)} inputs, ${facts}`)
  }
  console.log(`${total} inputs, ${finds} finds, seed ${seed}`)
  process.exitCode = finds > 0 ? 1 : 0
}
