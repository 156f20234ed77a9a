import { Command } from 'commander'
import { readMoment } from '../batch/index.ts'
import { issueSpecimens } from '../specimen/index.ts'
import { wholeNumber } from './arguments.ts'
import { paint, print, printJson } from './output.ts'

interface Options {
  readonly count?: number
  readonly genuine?: boolean
  readonly seed?: string
  readonly at?: string
  readonly json?: boolean
}

export function specimenCommand(): Command {
  return new Command('specimen')
    .description('Issues fictitious passports, genuine and forged, to try everything else with.')
    .argument('<folder>', 'where they go: trust/, manifest.jsonl for batch, and a folder for each')
    .option('--count <n>', 'genuine passports (default: 2)', wholeNumber)
    .option('--genuine', 'no forged ones')
    .option('--seed <text>', 'the same seed gives the same persons, numbers and pictures')
    .option('--at <moment>', 'the moment of the inspection, ISO 8601 (default: now)')
    .option('--json', 'print one JSON line for each specimen: id, expect')
    .action(run)
}

async function run(folder: string, { count, genuine, seed, at, json }: Options): Promise<void> {
  const { specimens } = await issueSpecimens(folder, {
    ...(count === undefined ? {} : { count }),
    ...(seed === undefined ? {} : { seed }),
    ...(at === undefined ? {} : { at: readMoment(at) }),
    genuine: genuine ?? false,
    onProgress: showProgress,
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  if (json) {
    for (const specimen of specimens) printJson(specimen)
    return
  }
  print(`${paint('bold', String(specimens.length))} specimens in ${folder}`)
  const width = Math.max(...specimens.map(({ id }) => id.length))
  for (const { id, expect } of specimens) {
    print(`  ${id.padEnd(width)}  ${expect.verdict.padEnd(9)}  ${paint('dim', expect.reasons.join(', '))}`.trimEnd())
  }
  print(`Verify them: genkend batch ${folder}/manifest.jsonl --out results.jsonl`)
}

function showProgress(written: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${written}/${total} issued`)
}
