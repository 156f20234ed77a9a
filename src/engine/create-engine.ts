import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { Fault, rounded, roundedRate } from '../check/index.ts'
import { compareFaces } from '../face/compare.ts'
import { chooseChallenge } from '../liveness/choose-challenge.ts'
import { WorkerPool } from '../pool/index.ts'
import type { VerificationEvidence } from '../verification/evidence.ts'
import { DEFAULT_POLICY, policyNamed } from '../verification/policies.ts'
import { readCalibrationFile } from './calibration-file.ts'
import { CaptureMemory } from './capture-memory.ts'
import { openMemoryLedger } from './challenge-ledger.ts'
import { openChipChallenges } from './chip-challenges.ts'
import { selfTest } from './self-test/self-test.ts'
import type { EngineTasks } from './tasks.ts'
import { bundleTrust } from './trust-bundle.ts'
import { TrustFolders } from './trust-folders.ts'
import type { Engine, EngineOptions } from './types.ts'
import { engineVersion } from './version.ts'

const NONCE_BYTES = 16

/** The worker's file: TypeScript beside the sources, JavaScript beside the build. */
const WORKER = new URL(`../../workers/verification${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/**
 * Opens the engine: reads the trust store, starts the workers, loads their models, and verifies known genuine and forged
 * chips, so that what resolves is ready to work.
 * @throws Fault `trust-store-missing`, `calibration-unreadable`, `calibration-invalid`, `calibration-of-other-models` (usage), `model-missing` and its kin (installation), `self-test-failed` (internal)
 */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { workers = availableParallelism(), models: pack, tolerant: lenient = false } = options
  const folders = new TrustFolders()
  const readTrust = () => (options.trust === undefined ? bundleTrust([]) : folders.bundle(options.trust))
  let trust = await readTrust()
  const calibration = options.calibration === undefined ? undefined : await readCalibrationFile(options.calibration)

  const pool = new WorkerPool<EngineTasks>({
    file: WORKER,
    workers,
    workerData: { ...(pack === undefined ? {} : { models: pack }), ...(calibration ? { calibration } : {}) },
  })
  const livenessChallenges = openMemoryLedger<ReturnType<typeof chooseChallenge>>()
  const captures = new CaptureMemory()
  const earlierCaptures = (unseen: boolean) => (unseen ? { earlier: captures.earlier } : {})
  const version = engineVersion()

  try {
    const [report] = await pool.runOnEach('open', {})
    if (!report) throw new Fault('internal', 'internal', 'there are no workers')
    let trustStore = await pool.run('openTrust', { trust })
    await selfTest(pool)
    let reloading = Promise.resolve()
    let closing: Promise<void> | undefined

    return {
      async verify(evidence, asked = {}) {
        const { policy = DEFAULT_POLICY, at = new Date(), trust: folder, tolerant = lenient, unseen, ...call } = asked
        const chosen = typeof policy === 'string' ? policyNamed(policy) : policy
        const bundle = folder === undefined ? trust : await folders.bundle(folder)
        const task = { evidence, at, policy: chosen, trust: bundle, tolerant, ...earlierCaptures(unseen ?? false) }
        const { prints, ...verification } = await pool.run('verify', task, { ...call, cost: costOf(evidence) })
        if (prints) captures.remember(prints)
        return verification
      },

      readMrz(pictures, { secondOpinion = false, ...call } = {}) {
        const frames = pictures instanceof Uint8Array ? [pictures] : pictures
        return pool.run(
          'readMrz',
          { pictures: frames, at: new Date(), secondOpinion },
          { ...call, cost: costOfMrz(frames, secondOpinion) },
        )
      },
      analyseFace: (picture, call) => pool.run('analyseFace', { picture }, call),
      judgeLiveness: (picture, call) => pool.run('judgeLiveness', { picture }, call),

      async judgeChallenge(challenge, frames, { unseen = false, ...call } = {}) {
        const input = { challenge, frames, ...earlierCaptures(unseen) }
        const { prints, ...judgement } = await pool.run('judgeChallenge', input, call)
        if (prints) captures.remember(prints)
        return judgement
      },

      compareFaces(a, b) {
        const { similarity, threshold, falseMatchRate, match, calibration } = compareFaces(a, b, report.fusion)
        return {
          similarity: rounded(similarity),
          threshold: rounded(threshold),
          falseMatchRate: roundedRate(falseMatchRate),
          match,
          calibration,
        }
      },

      async issueLivenessChallenge() {
        const challenge = chooseChallenge(randomBytes(NONCE_BYTES))
        const { id, expiresAt } = await livenessChallenges.issue(challenge)
        return { id, ...challenge, expiresAt: expiresAt.toISOString() }
      },

      spendLivenessChallenge: (id, took) => livenessChallenges.spend(id, took),
      ...openChipChallenges(),

      async warmUp() {
        await pool.runOnEach('warmUp', {})
      },

      reloadTrust() {
        // One after another: one that takes long must not put back what a later one has replaced.
        reloading = reloading
          .catch(() => {})
          .then(async () => {
            const reloaded = await readTrust()
            trustStore = await pool.run('openTrust', { trust: reloaded })
            trust = reloaded
          })
        return reloading
      },

      get status() {
        const { queued, running } = pool
        return { version, workers, ready: !closing, queued, running, models: report.models, trustStore }
      },

      close() {
        closing ??= pool.close('close')
        return closing
      },
    }
  } catch (error) {
    await pool.close('close')
    throw error
  }
}

/** Each frame takes about as long as the next; a second opinion takes far longer than the first. */
function costOfMrz(frames: readonly Uint8Array[], secondOpinion: boolean): string {
  return `readMrz ${frames.length}${secondOpinion ? ' again' : ''}`
}

/** Verifications of the same parts take about as long: a chip alone a few ms, a page or a performance far longer. */
function costOf({ page, chip, selfie, challenge }: VerificationEvidence): string {
  const parts = Object.entries({ page, chip, selfie, challenge }).filter(([, part]) => part !== undefined)
  return ['verify', ...parts.map(([name]) => name)].join(' ')
}
