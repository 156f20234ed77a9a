import { verifyChip } from '../src/chip/index.ts'
import type { KeyProfile } from '../src/specimen/pki/signing-key.ts'
import { type BareCalls, bareCalls } from './chip/bare.ts'
import { AT, type BenchPassport, issuePassport } from './chip/passport.ts'
import { pkijsSignature } from './chip/pkijs.ts'
import { machine, quantile, table } from './report.ts'

const KINDS: readonly { name: string; signer: KeyProfile; authority: KeyProfile }[] = [
  { name: 'RSA-2048, CSCA RSA-4096', signer: 'rsa-2048', authority: 'rsa-4096' },
  { name: 'RSA-3072 PSS', signer: 'rsa-3072-pss', authority: 'rsa-3072-pss' },
  { name: 'P-256, CSCA P-384', signer: 'p-256', authority: 'p-384' },
  {
    name: 'brainpoolP256r1 explicit, CSCA P384r1',
    signer: 'brainpool-256-explicit',
    authority: 'brainpool-384-explicit',
  },
  { name: 'P-384, CSCA P-384', signer: 'p-384', authority: 'p-384' },
]

/** Calls in one measured row, and rows that run before anything counts. */
const ROW = 100
const WARM_UP_ROWS = 4
const PKIJS_CALLS = 25
/** Rows of the first kind before any is measured: the compiler's work is not the passport's. */
const COMPILER_ROWS = 40

/**
 * Claim: a whole passport costs little more than the cryptography that it cannot do without.
 *
 * EF.COM, EF.SOD, DG1 and DG2 (18 KB), everything checked. CPU time of the process in microseconds, medians of rows of
 * calls; the bare calls of node:crypto run in turns with ours. First time: the document signer is unknown and the
 * CSCA's key not yet imported. Warm: the signer was met before. pkijs verifies the signature of EF.SOD alone.
 */
export async function benchChip({ repeats = 15 } = {}): Promise<string> {
  const rows: string[][] = []
  await settleCompiler()
  for (const { name, signer, authority } of KINDS) {
    const passport = await issuePassport(signer, authority)
    const bare = bareCalls(passport)
    const first = measureFirst(passport, bare, repeats)
    const warm = measureWarm(passport, bare, repeats)
    const foreign = await measurePkijs(passport)
    const signature = foreign === undefined ? 'fails' : foreign.toFixed(0)
    const times = foreign === undefined ? '' : `${(foreign / warm.ours).toFixed(0)} x`
    rows.push([name, ...cells(first), ...cells(warm), signature, times])
  }
  const header = ['CPU-us a passport', 'first', 'bare', 'ratio', 'warm', 'bare', 'ratio', 'pkijs, SOD', 'of warm']
  return `${machine()}\n${repeats} rows of ${ROW} calls\n${table(header, rows)}`
}

async function settleCompiler(): Promise<void> {
  const passport = await issuePassport(KINDS[0]!.signer, KINDS[0]!.authority)
  measureFirst(passport, bareCalls(passport), COMPILER_ROWS)
  measureWarm(passport, bareCalls(passport), COMPILER_ROWS)
}

interface Pair {
  readonly ours: number
  readonly bare: number
}

const cells = ({ ours, bare }: Pair): string[] => [ours.toFixed(0), bare.toFixed(0), (ours / bare).toFixed(2)]

function measureFirst(passport: BenchPassport, bare: BareCalls, repeats: number): Pair {
  return inTurns(repeats, bare.first, () => {
    const stores = Array.from({ length: ROW }, passport.openTrust)
    return (i) => verifyOnce(passport, stores[i]!)
  })
}

function measureWarm(passport: BenchPassport, bare: BareCalls, repeats: number): Pair {
  const store = passport.openTrust()
  return inTurns(repeats, bare.warm, () => () => verifyOnce(passport, store))
}

function verifyOnce({ files }: BenchPassport, store: ReturnType<BenchPassport['openTrust']>): void {
  const { checks } = verifyChip({ files }, store, AT)
  if (checks['chip.certificationPath'].status !== 'passed') throw new Error('the passport of the bench is refused')
}

/** Measures rows of ours and of the bare calls in turns, so that both meet the same machine. */
function inTurns(repeats: number, bare: () => void, prepare: () => (i: number) => void): Pair {
  const ours: number[] = []
  const bares: number[] = []
  for (let row = -WARM_UP_ROWS; row < repeats; row++) {
    const oursUs = cpuMicroseconds(prepare())
    const bareUs = cpuMicroseconds(bare)
    if (row < 0) continue
    ours.push(oursUs)
    bares.push(bareUs)
  }
  return { ours: quantile(ours, 0.5), bare: quantile(bares, 0.5) }
}

function cpuMicroseconds(call: (i: number) => void): number {
  const before = process.cpuUsage()
  for (let i = 0; i < ROW; i++) call(i)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / ROW
}

async function measurePkijs(passport: BenchPassport): Promise<number | undefined> {
  const verify = pkijsSignature(passport)
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
