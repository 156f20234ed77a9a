import { readFileSync } from 'node:fs'
import { openTrustStore } from '../../src/chip/index.ts'
import { quantile } from '../report.ts'

/** CPU time in milliseconds: until the list is verified and open, and until every certificate in it was read as well. */
export interface Opening {
  readonly open: number
  readonly read: number
}

/** What `node open-list.js LIST ANCHOR` prints as JSON; cold is the first list that the process opens. */
export interface OpenedList {
  readonly verdict: 'trusted' | 'untrusted'
  readonly certificates: number
  readonly rejected: number
  readonly cold: Opening
  readonly warm: Opening
}

const OPENINGS = 40
const [, , list = '', anchor = ''] = process.argv
const files = [
  { path: 'master-lists/list.ml', bytes: readFileSync(list) },
  { path: 'master-lists/list.anchor.cer', bytes: readFileSync(anchor) },
]

function openOnce() {
  const before = process.cpuUsage()
  const opened = openTrustStore(files).masterLists[0]!.object
  const open = millisecondsSince(before)
  const { verdict, certificates, rejected } = opened
  const read = millisecondsSince(before)
  return { verdict, certificates: certificates.length, rejected: rejected.length, open, read }
}

function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const { open, read, ...facts } = openOnce()
const later = Array.from({ length: OPENINGS }, openOnce).slice(OPENINGS / 2)
const warm = {
  open: quantile(
    later.map((one) => one.open),
    0.5,
  ),
  read: quantile(
    later.map((one) => one.read),
    0.5,
  ),
}
const opened: OpenedList = { ...facts, cold: { open, read }, warm }
console.log(JSON.stringify(opened))
