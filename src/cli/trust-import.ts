import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { Fault } from '../check/index.ts'
import {
  type ImportedKind,
  importTrust,
  type MissingIssuer,
  missingIssuers,
  openTrustStore,
  type TrustFile,
  type TrustImport,
} from '../chip/index.ts'
import { readTrustFolder } from '../engine/trust-folder.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { paint, print, printJson } from './output.ts'

interface Options {
  readonly into: string
  readonly anchor: readonly string[]
  readonly json?: boolean
}

/** Issuers that a person can look for in one sitting. */
const MAX_NAMED_ISSUERS = 12

export function trustImportCommand(): Command {
  return new Command('import')
    .description('Adds certificates, revocation lists and master lists to a trust store.')
    .argument('<source...>', 'DER or PEM files, master lists, LDIF of the ICAO PKD')
    .requiredOption('--into <folder>', 'the trust store; made where there is none')
    .option('--anchor <file...>', 'certificates that the signers of master lists must lead to', [])
    .option('--json', 'print one line of JSON')
    .action(importSources)
}

async function importSources(paths: readonly string[], { into, anchor, json }: Options): Promise<void> {
  const sources = await Promise.all(paths.map(async (path) => ({ path, bytes: await readSource(path) })))
  const found = importTrust(sources, await Promise.all(anchor.map(readSource)))
  await writeFiles(into, found.files)
  const missing = found.files.length > 0 ? missingIssuers(openTrustStore(await readTrustFolder(into))) : []
  const { files, imported, skipped } = found
  if (json) printJson({ into, files: files.map(({ path }) => path), imported, skipped, missing })
  else printImport(into, found, missing)
  if (imported.length === 0 && skipped.length > 0) process.exitCode = FAULT_STATUS.malformed
}

async function readSource(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new Fault('file-unreadable', 'malformed', `${path} cannot be read`, { cause })
  }
}

/** A service that reloads the folder meanwhile sees each file whole or not at all; a list comes after its anchor. */
async function writeFiles(folder: string, files: readonly TrustFile[]): Promise<void> {
  const anchorsFirst = [...files].sort((a, b) => Number(a.path.endsWith('.ml')) - Number(b.path.endsWith('.ml')))
  for (const { path, bytes } of anchorsFirst) {
    const target = join(folder, path)
    await mkdir(dirname(target), { recursive: true })
    const hidden = join(dirname(target), `.import-${process.pid}`)
    await writeFile(hidden, bytes)
    await rename(hidden, target)
  }
}

const KINDS: readonly [ImportedKind, string][] = [
  ['anchor', 'trust anchors: compare their fingerprints with what their issuers publish'],
  ['master-list', 'master lists, validly signed'],
  ['certificate', 'further certificates, trusted only where they lead to an anchor'],
  ['crl', 'revocation lists'],
]

function printImport(into: string, { files, imported, skipped }: TrustImport, missing: readonly MissingIssuer[]): void {
  for (const [kind, meaning] of KINDS) {
    const objects = imported.filter((object) => object.kind === kind)
    if (objects.length > 0) print(paint('bold', `${objects.length} ${meaning}`))
    if (kind === 'anchor') for (const { subject, sha256 } of objects) print(`  ${subject}  ${paint('dim', sha256)}`)
    if (kind !== 'master-list') continue
    for (const { source, subject, certificates, rejected = [] } of objects) {
      print(`  ${source}: ${certificates} certificates, ${subject}`)
      for (const { index, code } of rejected) print(`    ${paint('yellow', '~')} entry ${index} rejected: ${code}`)
    }
  }
  if (skipped.length > 0) print(paint('bold', `${skipped.length} skipped`))
  for (const { source, entry, code, message } of skipped) {
    print(`  ${paint('yellow', '~')} ${source}, entry ${entry}: ${message} (${code})`)
  }
  if (missing.length > 0) print(paint('bold', `${missing.length} issuers are missing`))
  for (const { subject, country, needed } of missing.slice(0, MAX_NAMED_ISSUERS)) {
    print(`  you need the CSCA certificate "${subject}" of ${country ?? 'an unnamed country'}: ${needed} wait for it`)
  }
  if (missing.length > MAX_NAMED_ISSUERS) print(`  and ${missing.length - MAX_NAMED_ISSUERS} more; --json names all`)
  print(files.length > 0 ? `${files.length} files written to ${into}` : 'nothing was imported')
}
