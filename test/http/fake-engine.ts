import { randomBytes } from 'node:crypto'
import { Fault } from '../../src/check/index.ts'
import { openMemoryLedger } from '../../src/engine/challenge-ledger.ts'
import { openChipChallenges } from '../../src/engine/chip-challenges.ts'
import type { CallOptions, Engine } from '../../src/engine/index.ts'
import type { Challenge } from '../../src/liveness/challenge.ts'
import type { VerificationEvidence } from '../../src/verification/evidence.ts'
import { policyNamed } from '../../src/verification/policies.ts'
import type { VerificationResult } from '../../src/verification/result.ts'
import { PASSPORT } from '../mrz/specimen.ts'

/** What the engine was asked, and what it is to do about it. */
export interface FakeEngine extends Engine {
  readonly asked: { evidence: VerificationEvidence; policy: string; call: CallOptions }[]
  /** Stands in for the work of a verification. */
  work: (call: CallOptions) => Promise<void>
}

const DOCUMENT = { source: 'page', ...PASSPORT } as const

export const CAPTURE = {
  picture: { width: 640, height: 480 },
  brightness: 50,
  advice: { code: 'show-zone', text: 'Show the page.' },
} as const

/** An engine without models or threads: every page is the specimen of ICAO 9303-4, every face the same. */
export function fakeEngine(): FakeEngine {
  const liveness = openMemoryLedger<Challenge>()
  const timings = { chip: 1.5, mrz: 20 }
  const engine: FakeEngine = {
    asked: [],
    work: async () => {},

    async verify(evidence, { policy = 'passport-face', at: _, trust: __, ...call } = {}) {
      const { name } = typeof policy === 'string' ? policyNamed(policy) : policy
      engine.asked.push({ evidence, policy: name, call })
      await engine.work(call)
      const result: VerificationResult = {
        id: evidence.id ?? 'derived',
        verdict: 'undecided',
        reasons: ['chip.structure/chip-missing'],
        policy: name,
        checks: [{ check: 'chip.structure', status: 'not_performed', code: 'chip-missing', evidence: {} }],
        deviations: [],
        document: DOCUMENT,
        engine: { version: '0.1.0', models: {}, trustStore: 'sha256:00' },
        evaluatedAt: '2026-11-23T12:00:00Z',
      }
      return { result, timings }
    },

    async readMrz(pictures) {
      const frames = pictures instanceof Uint8Array ? [pictures] : pictures
      if (frames.some(({ length }) => length === 0))
        throw new Fault('image-malformed', 'malformed', 'the bytes are no picture')
      return { answer: { found: false, reason: 'mrz-not-found', capture: CAPTURE }, timings }
    },
    async analyseFace(picture) {
      if (picture.length < 4) throw new Fault('no-face', 'unprocessable', 'the picture shows no face')
      return { answer: { template: { fake: new Float32Array(picture) }, quality: { values: {}, advice: [] } }, timings }
    },
    compareFaces: () => ({ similarity: 0.9, threshold: 0.4, falseMatchRate: 1e-6, match: true, calibration: 'a set' }),
    judgeLiveness: async () => ({ answer: { live: true, score: 0.9, threshold: 0.5, code: 'ok' }, timings }),
    judgeChallenge: async () => ({ answer: { passed: true, code: 'ok', score: 1, steps: [] }, timings }),

    async issueLivenessChallenge() {
      const challenge: Challenge = { nonce: randomBytes(16).toString('hex'), steps: [{ kind: 'turn-left', at: 500 }] }
      const { id, expiresAt } = await liveness.issue(challenge)
      return { id, ...challenge, expiresAt: expiresAt.toISOString() }
    },
    spendLivenessChallenge: (id, took) => liveness.spend(id, took),
    ...openChipChallenges(),

    warmUp: async () => {},
    reloadTrust: async () => {},
    status: {
      version: '0.1.0',
      workers: 2,
      ready: true,
      queued: { interactive: 3, batch: 0 },
      running: 1,
      models: {},
      trustStore: 'sha256:00',
    },
    close: async () => {},
  }
  return engine
}
