import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import { type BatchProgress, runBatch } from '../batch/index.ts'
import { createEngine } from '../engine/index.ts'
import { TOLERANT, wholeNumber } from './arguments.ts'
import { complain, paint, print, printJson } from './output.ts'

interface Options {
  readonly out: string
  readonly trust?: string
  readonly calibration?: string
  readonly workers?: number
  readonly resume?: boolean
  readonly tolerant?: boolean
  readonly json?: boolean
}

export function batchCommand(): Command {
  return new Command('batch')
    .description('Runs many verifications: a manifest in, results out, one JSON line each.')
    .argument('<manifest>', 'JSON Lines: {id, page?, chip?, selfie?, ...}, paths relative to the manifest')
    .requiredOption('--out <file>', 'where the results go')
    .option('--trust <folder>', 'the trust store of lines that name none')
    .option('--calibration <file>', 'what `genkend face --calibrate` wrote: decides whether faces match')
    .option('--workers <n>', 'worker threads (default: one a core)', wholeNumber)
    .option('--resume', 'keep the results that are there and do the rest')
    .option(...TOLERANT)
    .option('--json', 'print the totals as JSON')
    .action(run)
}

async function run(manifest: string, options: Options): Promise<void> {
  const { out, trust, calibration, workers, resume, tolerant, json } = options
  const engine = await createEngine({
    ...(trust ? { trust } : {}),
    ...(calibration ? { calibration } : {}),
    ...(workers ? { workers } : {}),
    tolerant: tolerant ?? false,
  })
  try {
    const totals = await runBatch(engine, {
      manifest,
      out,
      resume: resume ?? false,
      // Two a worker: one computes while the next one's files are read.
      concurrency: 2 * (workers ?? availableParallelism()),
      onProgress: showProgress,
    })
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    if (json) printJson(totals)
    else report(totals, out)
  } finally {
    await engine.close()
  }
}

let shownAt = 0

/** A bar that rewrites itself, at most ten times a second, on a terminal only. */
function showProgress({ total, done, skipped, errors }: BatchProgress): void {
  if (!process.stderr.isTTY || (Date.now() - shownAt < 100 && done + skipped < total)) return
  shownAt = Date.now()
  const share = total > 0 ? (done + skipped) / total : 1
  const bar = '█'.repeat(Math.round(30 * share)).padEnd(30, '░')
  process.stderr.write(`\r\x1b[K${bar} ${done + skipped}/${total}${errors ? `, ${errors} unusable` : ''}`)
}

function report({ done, skipped, errors, verdicts }: BatchProgress, out: string): void {
  print(`${paint('bold', String(done))} verified, results in ${out}`)
  if (skipped) print(`  ${skipped} were there already`)
  for (const [verdict, count] of Object.entries(verdicts).sort()) print(`  ${String(count).padStart(7)} ${verdict}`)
  if (errors) complain(`  ${String(errors).padStart(7)} unusable: see the error lines`)
}
