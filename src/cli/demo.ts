import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { readEvidence, readManifestLine } from '../batch/index.ts'
import { createEngine, type Engine } from '../engine/index.ts'
import { issueSpecimens } from '../specimen/index.ts'
import type { Verification } from '../verification/result.ts'
import { wholeNumber } from './arguments.ts'
import { paint, print } from './output.ts'
import { serve } from './serve.ts'
import { printVerification, VERDICT_STYLES } from './verification-report.ts'

interface Options {
  readonly folder: string
  readonly port: number
  readonly serve: boolean
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('Issues specimens, verifies a genuine and forged ones before your eyes, then serves them.')
    .option('--folder <folder>', 'where the specimens go', 'specimens')
    .option('--port <n>', 'the port to serve on', wholeNumber, 8080)
    .option('--no-serve', 'stop after the verifications')
    .action(run)
}

async function run({ folder, port, serve: goesOn }: Options): Promise<void> {
  print(paint('bold', 'Genkend'))
  print('Issuing passports of the fictitious state of Utopia. Nobody in them exists: every face is drawn by code.')
  const { at } = await issueSpecimens(folder, { count: 2, onProgress: showIssued })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')

  const trust = join(folder, 'trust')
  const engine = await createEngine({ trust })
  try {
    await verifyBeforeYourEyes(engine, folder, at)
  } finally {
    await engine.close()
  }
  if (!goesOn) return
  print(paint('bold', '\nNow try it yourself'))
  print(`  curl -F page=@${folder}/genuine-01/page.jpg http://127.0.0.1:${port}/v1/mrz`)
  print(
    `  npx genkend verify --page ${folder}/genuine-01/page.jpg --chip ${folder}/genuine-01/chip --trust ${trust} \\`,
  )
  print('    --policy passport')
  print(`  npx genkend batch ${folder}/manifest.jsonl --trust ${trust} --out ${folder}/results.jsonl`)
  print(`  http://127.0.0.1:${port}/openapi.json describes every route. Stop with Ctrl-C.\n`)
  await serve({ host: '127.0.0.1', port, trust, demo: true })
}

/** The first genuine specimen in full, then one line for each of the others. */
async function verifyBeforeYourEyes(engine: Engine, folder: string, at: Date): Promise<void> {
  const lines = (await readFile(join(folder, 'manifest.jsonl'), 'utf8')).trimEnd().split('\n')
  const width = Math.max(...lines.map((line) => readManifestLine(line).id.length))
  const verified = lines.map((line) => verifyLine(engine, line, folder, at))
  for (const [i, verification] of verified.entries()) {
    const { result, timings } = await verification
    if (i === 0) {
      print(paint('bold', `\n${result.id}: page, chip and a performed liveness challenge\n`))
      printVerification(result, timings)
      print()
    } else {
      const verdict = paint(VERDICT_STYLES[result.verdict], result.verdict.padEnd(9))
      print(`  ${result.id.padEnd(width)}  ${verdict}  ${result.reasons.join(', ')}`.trimEnd())
    }
  }
}

async function verifyLine(engine: Engine, text: string, folder: string, at: Date): Promise<Verification> {
  return engine.verify(await readEvidence(readManifestLine(text), folder), { at })
}

function showIssued(written: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${written} of ${total} issued`)
}
