import { existsSync } from 'node:fs'
import { benchLists } from './chip/lists.ts'
import { benchMalformed } from './chip/malformed.ts'
import { benchPassports } from './chip/passports.ts'
import { benchPeers } from './chip/peers.ts'
import { machine } from './report.ts'

/** National master lists, where some lie beside the checkout: they are not the project's to give away. */
const LISTS = '../shared/data/emrtd/masterlists'
/** And documents with known verdicts. */
const VECTORS = '../shared/data/emrtd'

export interface ChipBenchOptions {
  readonly repeats?: number
  /** A folder of national master lists and the certificates that their signers lead to. */
  readonly lists?: string
  /** Other verifiers on the same documents, and nothing else. */
  readonly peers?: boolean
  /** A folder of documents with an `index.json` that says what they are. */
  readonly vectors?: string
}

/**
 * Claim: a whole passport costs little more than the cryptography that it cannot do without, a master list of hundreds of
 * certificates opens in milliseconds, and what is malformed costs no more than what is genuine. CPU time of the process.
 */
export async function benchChip(options: ChipBenchOptions = {}): Promise<string> {
  const { repeats = 15, lists, peers = false, vectors } = options
  const folder = lists ?? (existsSync(LISTS) ? LISTS : undefined)
  const documents = vectors ?? (existsSync(VECTORS) ? VECTORS : undefined)
  if (peers) return `${machine()}\n\n${await benchPeers({ vectors: documents, lists: folder })}`
  const parts = [await benchPassports(repeats), await benchLists(folder), await benchMalformed()]
  return [machine(), ...parts].join('\n\n')
}
