import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { readPicture } from '../batch/index.ts'
import { Fault } from '../check/index.ts'
import { createEngine, type Engine } from '../engine/index.ts'
import { decodePicture, encodePng } from '../image/index.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { printMrz } from './mrz-report.ts'
import { complain, printJson } from './output.ts'

interface Options {
  readonly sameDocument?: boolean
  readonly secondOpinion?: boolean
  readonly show?: string
  readonly json?: boolean
}

export function mrzCommand(): Command {
  return new Command('mrz')
    .description('Reads the machine readable zone of pictures of passports, identity cards and visas.')
    .argument('<image...>', 'JPEG, PNG or WebP')
    .option('--same-document', 'the images are frames of one document: what they show adds up to one answer')
    .option('--second-opinion', 'let tesseract.js read the lines again, for comparison')
    .option('--show <png>', 'draw what was found in the (last) image')
    .option('--json', 'print one line of JSON an answer')
    .action(run)
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const engine = await createEngine({ workers: 1 })
  try {
    if (options.sameDocument) await answer(engine, files, options)
    else for (const file of files) await answer(engine, [file], options)
    if (options.show) await show(files.at(-1)!, options.show)
  } finally {
    await engine.close()
  }
}

/** One answer: for one image, or for all frames of a document. */
async function answer(engine: Engine, files: readonly string[], options: Options): Promise<void> {
  const named = options.sameDocument ? { files } : { file: files[0]! }
  const title = files.join(', ')
  try {
    const pictures = await Promise.all(files.map(readPicture))
    const { answer } = await engine.readMrz(pictures, { secondOpinion: options.secondOpinion ?? false })
    if (options.json) printJson({ ...named, ...answer })
    else printMrz(title, answer)
  } catch (error) {
    const { code, kind, message } = Fault.record(error)
    if (options.json) printJson({ ...named, error: { code } })
    else complain(`${title}: ${message} (${code})`)
    process.exitCode = FAULT_STATUS[kind]
  }
}

async function show(file: string, out: string): Promise<void> {
  const { drawReading } = await import('./mrz-drawing.ts')
  const drawn = await drawReading(await decodePicture(await readPicture(file)))
  await writeFile(out, await encodePng(drawn))
  complain(`drawn: ${out}`)
}
