import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvidence } from '../../src/batch/index.ts'
import { createEngine, type Engine } from '../../src/engine/index.ts'
import { ANCHOR, AT, SPECIMEN } from '../../src/engine/self-test/specimen.ts'
import { canonicalJson } from '../../src/verification/canonical-json.ts'
import { SPECIMENS, specimenLine } from '../whole/specimen.ts'

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const CHIP = {
  files: { EF_COM: fromBase64(SPECIMEN.EF_COM), EF_SOD: fromBase64(SPECIMEN.EF_SOD), DG1: fromBase64(SPECIMEN.DG1) },
}
const at = new Date(AT)

let folder: string
let engine: Engine

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'))
  await mkdir(join(folder, 'trust/anchors'), { recursive: true })
  await mkdir(join(folder, 'empty'))
  await writeFile(join(folder, 'trust/anchors/utopia.cer'), fromBase64(ANCHOR))
  engine = await createEngine({ trust: join(folder, 'trust'), workers: 2 })
})

afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true })
})

const verify = (options: Parameters<Engine['verify']>[1] = {}) =>
  engine.verify({ chip: CHIP }, { policy: 'chip', at, ...options })

describe('an engine', () => {
  it('is ready when it is there, and says what it is made of', () => {
    const { ready, workers, trustStore, models } = engine.status
    expect({ ready, workers }).toEqual({ ready: true, workers: 2 })
    expect(trustStore).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(Object.keys(models).length).toBeGreaterThan(0)
    for (const hash of Object.values(models)) expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('accepts a genuine chip, and tells how long each stage took', async () => {
    const { result, timings } = await verify()
    expect(result).toMatchObject({ verdict: 'accepted', reasons: [], evaluatedAt: '2026-01-01T12:00:00Z' })
    expect(result.engine).toMatchObject({ trustStore: engine.status.trustStore, models: engine.status.models })
    expect(timings.chip).toBeGreaterThan(0)
  })

  it('answers the same bytes from any number of workers', async () => {
    const other = await createEngine({ trust: join(folder, 'trust'), workers: 1 })
    try {
      const answers = await Promise.all([
        ...Array.from({ length: 6 }, () => verify()),
        other.verify({ chip: CHIP }, { policy: 'chip', at }),
      ])
      expect(new Set(answers.map(({ result }) => canonicalJson(result))).size).toBe(1)
    } finally {
      await other.close()
    }
  })

  it('is lenient when it was started so or asked to, and says so', async () => {
    // Without the tag around it: EF.SOD's two header octets and a length of two.
    const chip = { files: { ...CHIP.files, EF_SOD: CHIP.files.EF_SOD.subarray(4) } }
    const judge = async (judging: Engine, tolerant?: boolean) => {
      const asked = { policy: 'chip', at, ...(tolerant === undefined ? {} : { tolerant }) }
      const { result } = await judging.verify({ chip }, asked)
      return { verdict: result.verdict, said: result.tolerant, deviations: result.deviations.map(({ code }) => code) }
    }
    const strict = { verdict: 'rejected', said: undefined, deviations: [] }
    const lenient = { verdict: 'accepted', said: true, deviations: ['sod-tag-missing'] }
    expect([await judge(engine), await judge(engine, true)]).toEqual([strict, lenient])
    const other = await createEngine({ trust: join(folder, 'trust'), workers: 1, tolerant: true })
    try {
      expect([await judge(other), await judge(other, false)]).toEqual([lenient, strict])
    } finally {
      await other.close()
    }
  })

  it('trusts another folder for one call', async () => {
    const { result } = await verify({ trust: join(folder, 'empty') })
    expect(result.verdict).toBe('undecided')
    expect(result.reasons).toEqual(['chip.certificationPath/trust-store-empty'])
    expect((await verify()).result.verdict).toBe('accepted')
  })

  it('goes on while it reads its trust store again: what was asked before is answered by the old one', async () => {
    const anchor = join(folder, 'trust/anchors/utopia.cer')
    const asked = Array.from({ length: 4 }, () => verify())
    await rm(anchor)
    const reloaded = engine.reloadTrust()
    asked.push(...Array.from({ length: 4 }, () => verify()))
    const verdicts = (await Promise.all(asked)).map(({ result }) => result.verdict)
    expect(verdicts).toEqual(Array(8).fill('accepted'))
    await reloaded
    expect((await verify()).result.verdict).toBe('undecided')
    await writeFile(anchor, fromBase64(ANCHOR))
    await engine.reloadTrust()
    expect((await verify()).result.verdict).toBe('accepted')
  })

  it('reads its trust store again, and keeps the old one when the new one cannot be read', async () => {
    const before = engine.status.trustStore
    const anchor = join(folder, 'trust/anchors/utopia.cer')
    await rm(anchor)
    await engine.reloadTrust()
    expect(engine.status.trustStore).not.toBe(before)
    expect((await verify()).result.verdict).toBe('undecided')
    await writeFile(anchor, fromBase64(ANCHOR))
    await engine.reloadTrust()
    expect(engine.status.trustStore).toBe(before)
    await rm(join(folder, 'trust'), { recursive: true })
    await expect(engine.reloadTrust()).rejects.toMatchObject({ code: 'trust-store-missing' })
    expect((await verify()).result.verdict).toBe('accepted')
  })

  it('takes a capture once in a session, and any number of times where it is judged by itself', async () => {
    const { challenge, selfie } = await readEvidence(specimenLine(), SPECIMENS)
    const judged = async (unseen: boolean) => (await engine.judgeChallenge(challenge!, selfie!, { unseen })).answer.code
    expect(await judged(false)).toBe('ok')
    expect(await judged(false)).toBe('ok')
    expect(await judged(true)).toBe('ok')
    expect(await judged(true)).toBe('capture-repeated')
    expect(await judged(false)).toBe('ok')
    const verified = await engine.verify({ challenge: challenge!, selfie: selfie! }, { at, unseen: true })
    const check = verified.result.checks.find(({ check }) => check === 'liveness.challenge')
    expect(check).toMatchObject({ status: 'failed', code: 'capture-repeated' })
  })

  it('gives a challenge once', async () => {
    const { id, nonce, steps, expiresAt } = await engine.issueLivenessChallenge()
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now())
    expect(await engine.spendLivenessChallenge(id)).toEqual({ nonce, steps })
    await expect(engine.spendLivenessChallenge(id)).rejects.toMatchObject({ code: 'challenge-spent' })
    const chip = await engine.issueChipChallenge()
    expect(chip.challenge).toMatch(/^[0-9a-f]{16}$/)
    const { challenge } = await engine.spendChipChallenge(chip.id)
    expect(Buffer.from(challenge).toString('hex')).toBe(chip.challenge)
  })
})

describe('what cannot be answered', () => {
  const nonsense = new TextEncoder().encode('no picture at all')

  it('is a fault with its code, and the engine goes on', async () => {
    await expect(verify({ policy: 'lenient' })).rejects.toMatchObject({ code: 'policy-unknown', kind: 'usage' })
    await expect(verify({ trust: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'trust-store-missing' })
    await expect(verify({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    for (const ask of [
      () => engine.readMrz(nonsense),
      () => engine.analyseFace(nonsense),
      () => engine.judgeLiveness(nonsense),
      () => engine.verify({ page: nonsense }, { policy: 'page' }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'image-type-unsupported', kind: 'unsupported' })
    expect((await verify()).result.verdict).toBe('accepted')
  })

  it('because there is no trust store, is known before anything is loaded', async () => {
    const opening = createEngine({ trust: join(folder, 'nowhere') })
    await expect(opening).rejects.toMatchObject({ code: 'trust-store-missing', kind: 'usage' })
  })

  it('because a model is missing, is known at the start', async () => {
    await mkdir(join(folder, 'pack'))
    await writeFile(join(folder, 'pack/manifest.json'), '{"models": 7}')
    const opening = createEngine({ models: join(folder, 'pack'), workers: 1 })
    await expect(opening).rejects.toMatchObject({ kind: 'installation' })
  })
})
