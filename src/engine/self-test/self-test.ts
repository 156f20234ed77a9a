import { Fault } from '../../check/index.ts'
import type { WorkerPool } from '../../pool/index.ts'
import { policyNamed } from '../../verification/policies.ts'
import type { Verdict } from '../../verification/result.ts'
import type { EngineTasks } from '../tasks.ts'
import { bundleTrust } from '../trust-bundle.ts'
import { ANCHOR, AT, SPECIMEN } from './specimen.ts'

type Files = Readonly<Record<keyof typeof SPECIMEN, Uint8Array>>

interface Case {
  readonly files: Files
  readonly verdict: Verdict
  /** The check that decides. */
  readonly check?: string
}

/**
 * Verifies chips whose verdicts are known, one genuine and two forged: an engine that accepts everything, or nothing,
 * must not serve. @throws Fault `self-test-failed` (internal)
 */
export async function selfTest(pool: WorkerPool<EngineTasks>): Promise<void> {
  const trust = bundleTrust([{ path: 'anchors/self-test.cer', bytes: fromBase64(ANCHOR) }])
  const policy = policyNamed('chip')
  for (const { files, verdict, check } of cases()) {
    const { result } = await pool.run('verify', { evidence: { chip: { files } }, at: new Date(AT), policy, trust })
    const decided = check === undefined || result.reasons.some((reason) => reason.startsWith(`${check}/`))
    if (result.verdict !== verdict || !decided)
      throw new Fault('self-test-failed', 'internal', `a known chip was ${result.verdict} and should be ${verdict}`)
  }
}

function cases(): readonly Case[] {
  const files = {
    EF_COM: fromBase64(SPECIMEN.EF_COM),
    EF_SOD: fromBase64(SPECIMEN.EF_SOD),
    DG1: fromBase64(SPECIMEN.DG1),
  }
  return [
    { files, verdict: 'accepted' },
    { files: { ...files, DG1: altered(files.DG1) }, verdict: 'rejected', check: 'chip.dataGroupHashes' },
    { files: { ...files, EF_SOD: altered(files.EF_SOD) }, verdict: 'rejected', check: 'chip.sodSignature' },
  ]
}

/** Changes the last byte: of DG1 its composite check digit, of EF.SOD the end of its signature. */
function altered(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes)
  copy[copy.length - 1]! ^= 1
  return copy
}

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
