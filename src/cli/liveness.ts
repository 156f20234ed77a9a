import { Command } from 'commander'
import { readPicture } from '../batch/index.ts'
import { Fault } from '../check/index.ts'
import { createEngine, type Engine, type LivenessAnswer } from '../engine/index.ts'
import { wholeNumber } from './arguments.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { inFlight } from './in-flight.ts'
import { besideList, readListFile } from './list-file.ts'
import { complain, paint, print, printJson } from './output.ts'
import { judgePerformance } from './performance.ts'
import { unmeasuredLine } from './verification-report.ts'

interface Options {
  readonly list?: string
  readonly challenge?: string
  readonly workers?: number
  readonly json?: boolean
}

export function livenessCommand(): Command {
  return new Command('liveness')
    .description('Tells live persons from pictures of them; judges performed challenges.')
    .argument('[image...]', 'JPEG, PNG or WebP')
    .option('--list <file>', 'a JSON array of {file}, paths relative to it')
    .option('--challenge <file>', 'a performed challenge: {challenge: {nonce, steps}, frames: [{file, time}]}')
    .option('--workers <number>', 'threads (default: one a core)', wholeNumber)
    .option('--json', 'print one line of JSON an image')
    .action(run)
}

async function run(images: readonly string[], options: Options): Promise<void> {
  const { list, challenge } = options
  if (challenge !== undefined) return judgePerformance(challenge, options.json ?? false)
  if (list === undefined && images.length === 0) {
    throw new Fault(
      'arguments-missing',
      'usage',
      'name pictures, a list with --list, or a performance with --challenge',
    )
  }
  const files = list === undefined ? images : (await readListFile(list, ['file'])).map(({ file }) => file)
  const workers = options.workers ?? (files.length === 1 ? 1 : undefined)
  const engine = await createEngine(workers === undefined ? {} : { workers })
  const unmeasured = new Set<string>()
  const judge = async (file: string) => judgePicture(engine, list === undefined ? file : besideList(list, file))
  try {
    for await (const [file, answer] of inFlight(files, 2 * engine.status.workers, judge)) {
      if (answer instanceof Fault) reportUnusable(file, answer, options)
      else report(file, answer, options)
      if (!(answer instanceof Fault)) for (const kind of answer.unmeasured ?? []) unmeasured.add(kind)
      if (answer instanceof Fault && list === undefined) process.exitCode = FAULT_STATUS[answer.kind]
    }
    if (!options.json && unmeasured.size > 0) print(paint('gray', unmeasuredLine([...unmeasured])))
  } finally {
    await engine.close()
  }
}

async function judgePicture(engine: Engine, path: string): Promise<LivenessAnswer | Fault> {
  try {
    return (await engine.judgeLiveness(await readPicture(path), { lane: 'batch' })).answer
  } catch (error) {
    if (error instanceof Fault && error.kind !== 'installation') return error
    throw error
  }
}

/** How an answer reads, by its code; any other is a refusal to judge. */
const VERDICTS: Readonly<Record<string, string>> = {
  ok: paint('green', '✓ live'),
  'pad-advisory': paint('green', '· no doubt'),
  'pad-doubt': paint('yellow', '? in doubt'),
  'presentation-attack': paint('red', '✗ presentation attack'),
}

function report(file: string, { score, threshold, live, code }: LivenessAnswer, { json }: Options): void {
  if (json) {
    printJson({ file, ...(score === undefined ? {} : { score }), live, code })
  } else {
    const verdict = VERDICTS[code] ?? paint('yellow', `? ${code}`)
    const figures = score === undefined ? '' : `, score ${score.toFixed(3)}, threshold ${threshold?.toFixed(3)}`
    print(`${verdict}${figures}  ${file}`)
  }
}

function reportUnusable(file: string, { code, message }: Fault, { json }: Options): void {
  if (json) printJson({ file, live: false, error: { code } })
  else complain(`${file}: ${message} (${code})`)
}
