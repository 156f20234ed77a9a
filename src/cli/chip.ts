import { Command } from 'commander'
import { readEvidence, readMoment } from '../batch/index.ts'
import { Fault } from '../check/index.ts'
import { createEngine, type Engine } from '../engine/index.ts'
import { TOLERANT } from './arguments.ts'
import { complain, paint, print, printJson } from './output.ts'
import { printVerification } from './verification-report.ts'

interface Options {
  readonly trust?: string
  readonly at?: string
  readonly tolerant?: boolean
  readonly json?: boolean
}

export function chipCommand(): Command {
  return new Command('chip')
    .description('Verifies chip files alone: passive authentication and what the chip says.')
    .argument('<folder...>', 'folders of chip files')
    .option('--trust <folder>', 'the trust store')
    .option('--at <moment>', 'the moment to judge at, ISO 8601 (default: now)')
    .option(...TOLERANT)
    .option('--json', 'print one line of JSON a folder')
    .action(run)
}

async function run(folders: readonly string[], options: Options): Promise<void> {
  const at = options.at === undefined ? undefined : readMoment(options.at)
  const { trust, tolerant = false } = options
  const engine = await createEngine({ ...(trust ? { trust } : {}), workers: 1, tolerant })
  try {
    for (const folder of folders) await verifyFolder(engine, folder, at, options.json ?? false)
  } finally {
    await engine.close()
  }
}

async function verifyFolder(engine: Engine, folder: string, at: Date | undefined, json: boolean): Promise<void> {
  try {
    const evidence = await readEvidence({ chip: folder }, process.cwd())
    const { result, timings } = await engine.verify(evidence, { policy: 'chip', ...(at ? { at } : {}) })
    if (json) return printJson({ file: folder, ...result })
    print(paint('bold', folder))
    printVerification(result, timings)
    print()
  } catch (error) {
    const { code, message } = Fault.record(error)
    if (json) printJson({ file: folder, error: { code } })
    else complain(`${folder}: ${message} (${code})`)
    process.exitCode = 65
  }
}
