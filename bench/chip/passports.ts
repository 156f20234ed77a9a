import { type ChipEvidence, type TrustStore, verifyChip } from '../../src/chip/index.ts'
import { table } from '../report.ts'
import { type BareCalls, bareCalls } from './bare.ts'
import { inTurns, type Pair } from './measure.ts'
import { AT, type BenchPassport, issuePassport, PASSPORT_KINDS } from './passport.ts'
import { pkijsSignature } from './peers/pkijs.ts'

const PKIJS_CALLS = 25
/** Calls in one row: so many that a row's collection of garbage weighs little. */
const FIRST_CALLS = 100
const WARM_CALLS = 400
/** Rows of the first kind before any is measured: the compiler's work is not the passport's. */
const COMPILER_ROWS = 40

/**
 * EF.COM, EF.SOD, DG1 and DG2 (18 KB), everything checked, beside the calls of node:crypto that it cannot do without.
 * First time: the document signer is unknown and the CSCA's key not yet imported. Warm: the signer was met before. pkijs
 * verifies the signature of EF.SOD alone.
 */
export async function benchPassports(repeats: number): Promise<string> {
  const rows: string[][] = []
  for (const [index, { name, signer, authority }] of PASSPORT_KINDS.entries()) {
    const passport = await issuePassport(signer, authority)
    const bare = bareCalls(passport)
    if (index === 0) measure(passport, bare, COMPILER_ROWS)
    const { first, warm } = measure(passport, bare, repeats)
    const foreign = await measurePkijs(passport)
    const signature = foreign === undefined ? 'fails' : foreign.toFixed(0)
    const times = foreign === undefined ? '' : `${(foreign / warm.ours).toFixed(0)} x`
    rows.push([name, ...cells(first), ...cells(warm), signature, times])
  }
  const header = ['CPU-us a passport', 'first', 'bare', 'ratio', 'warm', 'bare', 'ratio', 'pkijs, SOD', 'of warm']
  return `${repeats} rows of ${FIRST_CALLS} and of ${WARM_CALLS} calls\n${table(header, rows)}`
}

const cells = ({ ours, bare }: Pair): string[] => [ours.toFixed(0), bare.toFixed(0), (ours / bare).toFixed(2)]

function measure({ files, openTrust }: BenchPassport, bare: BareCalls, repeats: number): { first: Pair; warm: Pair } {
  const call = (store: TrustStore) => verifyOnce(files, store)
  const known = openTrust()
  return {
    first: inTurns(repeats, { calls: FIRST_CALLS, prepare: openTrust, call }, bare.first),
    warm: inTurns(repeats, { calls: WARM_CALLS, prepare: () => known, call }, bare.warm),
  }
}

function verifyOnce(files: ChipEvidence['files'], store: TrustStore): void {
  const { checks } = verifyChip({ files }, store, AT)
  if (checks['chip.certificationPath'].status !== 'passed') throw new Error('the passport of the bench is refused')
}

async function measurePkijs({ files }: BenchPassport): Promise<number | undefined> {
  const verify = () => pkijsSignature(files.EF_SOD!)
  try {
    for (let i = 0; i < PKIJS_CALLS; i++) if (!(await verify())) return undefined
    const before = process.cpuUsage()
    for (let i = 0; i < PKIJS_CALLS; i++) await verify()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / PKIJS_CALLS
  } catch {
    return undefined
  }
}
