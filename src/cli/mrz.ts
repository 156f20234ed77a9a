import { Command } from 'commander'
import { readPicture } from '../batch/index.ts'
import { Fault } from '../check/index.ts'
import { createEngine } from '../engine/index.ts'
import type { MrzMissing, MrzReading } from '../mrz/reading.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { complain, paint, print, printJson } from './output.ts'

export function mrzCommand(): Command {
  return new Command('mrz')
    .description('Reads the machine readable zone of pictures of passports, identity cards and visas.')
    .argument('<image...>', 'JPEG, PNG or WebP')
    .option('--json', 'print one line of JSON an image')
    .action(run)
}

async function run(files: readonly string[], options: { readonly json?: boolean }): Promise<void> {
  const engine = await createEngine({ workers: 1 })
  try {
    for (const file of files) {
      try {
        const { answer } = await engine.readMrz(await readPicture(file))
        if (options.json) printJson(describe(file, answer))
        else printReading(file, answer)
      } catch (error) {
        const { code, kind, message } = Fault.record(error)
        if (options.json) printJson({ file, error: { code } })
        else complain(`${file}: ${message} (${code})`)
        process.exitCode = FAULT_STATUS[kind]
      }
    }
  } finally {
    await engine.close()
  }
}

/** The line that INTERFACE promises: lines after repair, scores to four decimals. */
function describe(file: string, answer: MrzReading | MrzMissing) {
  if (!answer.found) return { file, found: false, reason: answer.reason }
  const { found, format, lines, valid, accepted, confidence, corrections, document, checkDigits, doubts } = answer
  return {
    file,
    found,
    format,
    lines,
    valid,
    accepted,
    confidence,
    corrections,
    document,
    checkDigits,
    doubts,
  }
}

function printReading(file: string, answer: MrzReading | MrzMissing): void {
  print(paint('bold', file))
  if (!answer.found) {
    print(`  ${paint('yellow', '?')} no machine readable zone: ${answer.reason}`)
    return
  }
  for (const line of answer.lines) print(`  ${line}`)
  const { document } = answer
  print(`  ${[document.givenNames, document.surname].filter(Boolean).join(' ')}, born ${document.dateOfBirth}`)
  print(`  ${document.format} ${document.issuingState} ${document.documentNumber}, expires ${document.dateOfExpiry}`)
  for (const [field, holds] of Object.entries(answer.checkDigits)) {
    print(`  ${holds ? paint('green', '✓') : paint('red', '✗')} check digit ${field}`)
  }
  for (const { line, column, read, repaired, because } of answer.corrections) {
    print(`  ${paint('yellow', '~')} line ${line}, column ${column}: ${read} read, ${repaired} taken (${because})`)
  }
  for (const doubt of answer.doubts ?? []) print(`  ${paint('yellow', '?')} ${doubt}`)
  const verdict = answer.accepted ? paint('green', 'may be relied on') : paint('yellow', 'may not be relied on')
  print(`  ${verdict}, confidence ${answer.confidence.toFixed(3)}`)
}
