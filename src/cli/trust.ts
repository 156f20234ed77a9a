import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { readMoment } from '../batch/index.ts'
import { Fault } from '../check/index.ts'
import { openTrustStore, reportSigner, reportTrust, type SignerReport, type TrustStore } from '../chip/index.ts'
import { readTrustFolder } from '../engine/trust-folder.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { complain, paint, print, printJson } from './output.ts'
import { trustImportCommand } from './trust-import.ts'
import { printTrust } from './trust-report.ts'

interface Options {
  readonly at?: string
  readonly json?: boolean
}

export function trustCommand(): Command {
  const trust = new Command('trust').description('What the trust store holds, and what it says of a certificate.')
  trust
    .command('check')
    .description('Lists what a trust store holds, what was skipped and why.')
    .argument('<folder>', 'the trust store')
    .option('--at <moment>', 'the moment to judge at, ISO 8601 (default: now)')
    .option('--json', 'print one line of JSON')
    .action(check)
  trust
    .command('path')
    .description('Shows the path from document signers to a trust anchor, or whose certificate is missing.')
    .argument('<certificate...>', 'DER or PEM')
    .requiredOption('--trust <folder>', 'the trust store')
    .option('--at <moment>', 'the moment of signing, ISO 8601 (default: now)')
    .option('--json', 'print one line of JSON a certificate')
    .action(path)
  return trust.addCommand(trustImportCommand())
}

async function check(folder: string, options: Options): Promise<void> {
  const report = reportTrust(await openFolder(folder), momentOf(options))
  if (options.json) printJson(report)
  else printTrust(report)
}

async function path(files: readonly string[], options: Options & { readonly trust: string }): Promise<void> {
  const store = await openFolder(options.trust)
  const at = momentOf(options)
  for (const file of files) {
    try {
      const report = reportSigner(await readCertificateFile(file), store, at)
      if (options.json) printJson({ file, ...report })
      else printSigner(file, report)
    } catch (error) {
      const { code, kind, message } = Fault.record(error)
      if (options.json) printJson({ file, error: { code } })
      else complain(`${file}: ${message} (${code})`)
      process.exitCode = FAULT_STATUS[kind]
    }
  }
}

const openFolder = async (folder: string): Promise<TrustStore> => openTrustStore(await readTrustFolder(folder))

const momentOf = ({ at }: Options): Date => (at === undefined ? new Date() : readMoment(at))

async function readCertificateFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new Fault('file-unreadable', 'malformed', 'the file cannot be read', { cause })
  }
}

const MARKS = {
  accepted: paint('green', '✓ accepted'),
  rejected: paint('red', '✗ rejected'),
  undecided: paint('yellow', '? undecided'),
}

function printSigner(file: string, { verdict, path: certificates, reasons, explanation }: SignerReport): void {
  print(`${paint('bold', file)}  ${MARKS[verdict]}`)
  for (const [depth, { subject, notBefore, notAfter }] of certificates.entries()) {
    const validity = `${String(notBefore).slice(0, 10)} to ${String(notAfter).slice(0, 10)}`
    print(`  ${'  '.repeat(depth)}${depth === 0 ? '' : '└ '}${subject}  ${paint('dim', validity)}`)
  }
  for (const reason of reasons) print(`  ${paint('red', reason)}`)
  if (explanation) print(`  ${explanation}`)
}
