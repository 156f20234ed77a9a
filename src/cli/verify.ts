import { dirname, resolve } from 'node:path'
import { Command } from 'commander'
import { readEvidence, readJsonFile, readMoment } from '../batch/index.ts'
import { createEngine } from '../engine/index.ts'
import { canonicalJson } from '../verification/canonical-json.ts'
import { POLICIES, readPolicy } from '../verification/policies.ts'
import type { Policy } from '../verification/policy.ts'
import { TOLERANT } from './arguments.ts'
import { VERDICT_STATUS } from './exit-status.ts'
import { print } from './output.ts'
import { printVerification } from './verification-report.ts'

interface Options {
  readonly id?: string
  readonly page?: string
  readonly chip?: string
  readonly selfie?: string[]
  readonly challenge?: string
  readonly access?: string
  readonly activeAuthentication?: string
  readonly chipAuthentication?: string
  readonly trust?: string
  readonly calibration?: string
  readonly at?: string
  readonly policy: string
  readonly tolerant?: boolean
  readonly json?: boolean
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Verifies one passport and its holder. Exits 0 accepted, 1 rejected, 2 undecided.')
    .option('--id <text>', 'what the result is called (default: derived from the evidence)')
    .option('--page <image>', 'photo of the data page')
    .option('--chip <folder>', 'files read from the chip')
    .option('--selfie <image...>', 'one selfie, or the frames of a challenge in order')
    .option('--challenge <file>', 'the challenge that the frames answer: {challenge: {nonce, steps}, frames?}')
    .option('--access <protocol>', 'how the reader opened the chip: bac, or the object identifier of PACE')
    .option('--active-authentication <file>', 'JSON {challenge, response}, hex')
    .option('--chip-authentication <file>', 'JSON of the recorded chip authentication, or of PACE with its mapping')
    .option('--trust <folder>', 'the trust store')
    .option('--calibration <file>', 'what `genkend face --calibrate` wrote: decides whether faces match')
    .option('--at <moment>', 'the moment to judge at, ISO 8601 (default: now)')
    .option('--policy <name|file>', `one of ${Object.keys(POLICIES).join(', ')}, or a JSON file`, 'passport-face')
    .option(...TOLERANT)
    .option('--json', 'print the result as canonical JSON')
    .action(run)
}

async function run(options: Options): Promise<void> {
  const policy = await choosePolicy(options.policy)
  const at = options.at === undefined ? undefined : readMoment(options.at)
  const evidence = await readEvidence({ ...options, ...(await readChallengeFile(options)) }, process.cwd())
  const { trust, calibration } = options
  const engine = await createEngine({
    ...(trust ? { trust } : {}),
    ...(calibration ? { calibration } : {}),
    workers: 1,
    tolerant: options.tolerant ?? false,
  })
  try {
    const { result, timings } = await engine.verify(evidence, { policy, ...(at ? { at } : {}) })
    if (options.json) print(canonicalJson(result))
    else printVerification(result, timings)
    process.exitCode = VERDICT_STATUS[result.verdict]
  } finally {
    await engine.close()
  }
}

/** A shipped policy by its name; anything that looks like a file is read as one. */
async function choosePolicy(policy: string): Promise<string | Policy> {
  return /[./\\]/.test(policy) ? readPolicy(await readJsonFile(policy)) : policy
}

/** A challenge file holds the challenge alone, or `{challenge, frames: [{file, time}]}` as `liveness` takes it. */
async function readChallengeFile({ challenge: file }: Options): Promise<Record<string, unknown>> {
  if (file === undefined) return {}
  const json = (await readJsonFile(file)) as { challenge?: unknown; frames?: { file: string; time: number }[] }
  if (json === null || typeof json !== 'object' || json.challenge === undefined) return { challenge: json }
  const frames = json.frames?.map((frame) => ({ ...frame, file: resolve(dirname(file), frame.file) }))
  return { challenge: json.challenge, ...(frames ? { selfie: frames } : {}) }
}
