import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEvidence } from '../../src/batch/index.ts'
import { createEngine, type Engine } from '../../src/engine/index.ts'
import { canonicalJson, type VerificationEvidence } from '../../src/verification/index.ts'
import { form, serve } from '../http/service.ts'
import { genkend } from './command.ts'
import { AT, SPECIMENS, specimenLine, TRUST } from './specimen.ts'

const line = specimenLine()
const folder = mkdtempSync(join(tmpdir(), 'genkend-same-'))
let engine: Engine
let evidence: VerificationEvidence
/** The library's answer: what every other face must give, byte for byte. */
let bytes: string

beforeAll(async () => {
  engine = await createEngine({ trust: TRUST, workers: 2 })
  evidence = await readEvidence(line, SPECIMENS)
  bytes = canonicalJson((await engine.verify(evidence, { at: AT })).result)
})

afterAll(() => engine.close())

it('accepts the genuine specimen, all passed or not offered, but that the passive detector only advises', () => {
  const result = JSON.parse(bytes)
  expect(result).toMatchObject({ verdict: 'accepted', reasons: [], policy: 'passport-face' })
  const open = result.checks.filter(({ status }: { status: string }) => status !== 'passed')
  expect(open.map(({ check, code }: { check: string; code: string }) => `${check}/${code}`)).toEqual([
    'chip.chipAuthentication/chip-proof-not-offered',
    'liveness.passive/pad-advisory',
  ])
})

it('gives the same bytes again, from two workers at once and from one', async () => {
  const twice = await Promise.all([engine.verify(evidence, { at: AT }), engine.verify(evidence, { at: AT })])
  expect(twice.map(({ result }) => canonicalJson(result))).toEqual([bytes, bytes])
  const alone = await createEngine({ trust: TRUST, workers: 1 })
  try {
    expect(canonicalJson((await alone.verify(evidence, { at: AT })).result)).toBe(bytes)
  } finally {
    await alone.close()
  }
})

it('gives the same bytes from the command line and from a batch', async () => {
  const challenge = join(folder, 'challenge.json')
  const proof = join(folder, 'active-authentication.json')
  const frames = (line.selfie as { file: string; time: number }[]).map((frame) => ({
    ...frame,
    file: join(SPECIMENS, frame.file),
  }))
  writeFileSync(challenge, JSON.stringify({ challenge: line.challenge, frames }))
  writeFileSync(proof, JSON.stringify(line.activeAuthentication))
  const manifest = join(folder, 'manifest.jsonl')
  const absolute = { ...line, page: join(SPECIMENS, line.page!), chip: join(SPECIMENS, line.chip as string) }
  writeFileSync(manifest, JSON.stringify({ ...absolute, selfie: frames, at: AT.toISOString(), trust: TRUST }))
  const out = join(folder, 'results.jsonl')

  const [verified, batched] = await Promise.all([
    genkend(
      ...['verify', '--json', '--at', AT.toISOString(), '--trust', TRUST, '--id', line.id],
      ...['--page', absolute.page, '--chip', absolute.chip],
      ...['--challenge', challenge, '--active-authentication', proof],
    ),
    genkend('batch', manifest, '--out', out, '--workers', '1', '--json'),
  ])
  expect(verified).toEqual({ status: 0, stdout: `${bytes}\n`, stderr: '' })
  expect(batched.status).toBe(0)
  expect(readFileSync(out, 'utf8')).toContain(`{"id":"${line.id}","result":${bytes},"timings":`)
})

it('gives the same bytes over HTTP, judged at the moment that the server chose', async () => {
  const { origin } = await serve(engine)
  const request = { id: 'over-http', policy: 'passport-match' }
  const { files } = evidence.chip!
  const selfie = evidence.selfie![0]!.bytes
  const body = form({ page: evidence.page!, selfie, ...(files as Record<string, Uint8Array>), request })
  const response = await fetch(`${origin}/v1/verifications`, { method: 'POST', body })
  const answer = await response.text()
  expect(response.status).toBe(200)

  const at = new Date(JSON.parse(answer).evaluatedAt)
  const same = { id: request.id, page: evidence.page!, chip: { files }, selfie: [{ bytes: selfie }] }
  const { result } = await engine.verify(same, { at, policy: request.policy })
  expect(answer).toBe(canonicalJson(result))
  expect(result.verdict).toBe('accepted')
})
