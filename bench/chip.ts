import { existsSync } from 'node:fs'
import { benchLists } from './chip/lists.ts'
import { benchMalformed } from './chip/malformed.ts'
import { benchPassports } from './chip/passports.ts'
import { machine } from './report.ts'

/** National master lists, where some lie beside the checkout: they are not the project's to give away. */
const LISTS = '../shared/data/emrtd/masterlists'

export interface ChipBenchOptions {
  readonly repeats?: number
  /** A folder of national master lists and the certificates that their signers lead to. */
  readonly lists?: string
}

/**
 * Claim: a whole passport costs little more than the cryptography that it cannot do without, a master list of hundreds of
 * certificates opens in milliseconds, and what is malformed costs no more than what is genuine. CPU time of the process.
 */
export async function benchChip({ repeats = 15, lists }: ChipBenchOptions = {}): Promise<string> {
  const folder = lists ?? (existsSync(LISTS) ? LISTS : undefined)
  const parts = [await benchPassports(repeats), await benchLists(folder), await benchMalformed()]
  return [machine(), ...parts].join('\n\n')
}
