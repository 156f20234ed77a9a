import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { quantile, table } from '../report.ts'
import { issueMasterList } from './issued-list.ts'
import { nationalLists } from './national-lists.ts'
import type { OpenedList, Opening } from './open-list.ts'

const ISSUED_LENGTH = 300
/** Fresh processes for each list. */
const PROCESSES = 5
const PROGRAM = fileURLToPath(new URL(`./open-list${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url))

/**
 * Master lists from their bytes to a trust store: the list's signature, its signer's path and purpose are verified, every
 * certificate is opened at its subject; then every certificate is read as well, as `genkend trust check` does. Cold: the
 * first list of a fresh process. `folder` holds national lists (`*.ml`) and certificates that their signers lead to.
 */
export async function benchLists(folder: string | undefined): Promise<string> {
  const rows = [await issuedRow()]
  for (const { name, list, anchor } of folder ? nationalLists(folder) : []) {
    rows.push(describe(name, await open(list, anchor)))
  }
  const header = ['CPU-ms a master list', 'certificates', 'rejected', 'cold', 'warm', 'all read, cold', 'warm']
  const notes = folder ? '' : '\nno national lists: name a folder of them with --lists'
  return `${PROCESSES} processes a list\n${table(header, rows)}${notes}`
}

async function issuedRow(): Promise<(string | number)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'genkend-bench-'))
  try {
    const { list, anchor } = await issueMasterList(ISSUED_LENGTH)
    writeFileSync(join(folder, 'issued.ml'), list)
    writeFileSync(join(folder, 'issued.cer'), anchor)
    return describe('issued for this', await open(join(folder, 'issued.ml'), join(folder, 'issued.cer')))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function open(list: string, anchor: string): Promise<OpenedList[]> {
  const openings: OpenedList[] = []
  for (let i = 0; i < PROCESSES; i++) {
    const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, PROGRAM, list, anchor])
    openings.push(JSON.parse(stdout))
  }
  return openings
}

function describe(name: string, openings: readonly OpenedList[]): (string | number)[] {
  const { certificates, rejected } = openings[0]!
  const median = (state: 'cold' | 'warm', until: keyof Opening) =>
    quantile(
      openings.map((one) => one[state][until]),
      0.5,
    ).toFixed(1)
  const times = [median('cold', 'open'), median('warm', 'open'), median('cold', 'read'), median('warm', 'read')]
  return [name, certificates, rejected, ...times]
}
