import { openTrustStore, reportTrust, verifyChip } from '../../src/chip/index.ts'
import { Random } from '../../src/specimen/person/random.ts'
import { quantile, table } from '../report.ts'
import { issueMasterList } from './issued-list.ts'
import { mutate, type Source, takeApart } from './mutate.ts'
import { AT, issuePassport } from './passport.ts'

const INPUTS = 2_000
const WARM_UP_INPUTS = 200
const LISTED = 8

interface Target {
  readonly name: string
  readonly source: Source
  judge(changed: Uint8Array): void
}

/**
 * Changed files, as the fuzzer changes them: one to three octets or elements, with the lengths around them put right or
 * not. What a file costs from its bytes to a report, milliseconds of CPU; refused or not.
 */
export async function benchMalformed(): Promise<string> {
  const targets = await makeTargets()
  const sources = targets.map(({ source }) => source)
  const rows = targets.map(({ name, source, judge }) => {
    const random = new Random(1)
    const times = Array.from({ length: WARM_UP_INPUTS + INPUTS }, () => {
      const changed = mutate(source, sources, random)
      const before = process.cpuUsage()
      judge(changed)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    }).slice(WARM_UP_INPUTS)
    return [name, ...[0.5, 0.99, 1].map((share) => quantile(times, share).toFixed(2))]
  })
  return `${INPUTS} changed files each\n${table(['CPU-ms a changed file', 'median', '99 %', 'worst'], rows)}`
}

async function makeTargets(): Promise<Target[]> {
  const { files, csca, dsc, openTrust } = await issuePassport('rsa-2048', 'rsa-4096')
  const { list, anchor } = await issueMasterList(LISTED)
  const store = openTrust()
  const chipFile = (name: 'EF_SOD' | 'DG2'): Target => ({
    name,
    source: takeApart(Buffer.from(files[name]!)),
    judge: (changed) => verifyChip({ files: { ...files, [name]: changed } }, store, AT),
  })
  const trustFile = (name: string, path: string, genuine: Uint8Array): Target => ({
    name,
    source: takeApart(Buffer.from(genuine)),
    judge: (changed) => {
      const others = [
        { path: 'anchors/csca.cer', bytes: csca },
        { path: 'master-lists/list.anchor.cer', bytes: anchor },
      ]
      reportTrust(openTrustStore([...others, { path, bytes: changed }]), AT)
    },
  })
  return [
    chipFile('EF_SOD'),
    chipFile('DG2'),
    trustFile('document signer', 'certificates/dsc.cer', dsc),
    trustFile('master list', 'master-lists/list.ml', list),
  ]
}
