import { Check } from 'typebox/value'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ChipAuthenticationEvidence } from '../../src/chip/index.ts'
import { readDataGroups } from '../../src/chip/lds/index.ts'
import { verifyChipAuthentication } from '../../src/chip/proof/index.ts'
import { ResultSchema } from '../../src/http/schemas.ts'
import { canonicalJson } from '../../src/verification/canonical-json.ts'
import { agreementInfos, answer, dg14Of, ecChipKey } from '../chip/issuing/agreeing-chip.ts'
import { CAPTURE, type FakeEngine, fakeEngine } from './fake-engine.ts'
import { form, post, type RunningService, serve } from './service.ts'

const BYTES = new Uint8Array([1, 2, 3, 255])
let engine: FakeEngine
let service: RunningService

beforeEach(async () => {
  engine = fakeEngine()
  service = await serve(engine)
})

const url = (path: string) => `${service.origin}${path}`

describe('POST /v1/verifications', () => {
  it('hands the evidence over as it came, and answers the canonical bytes of the result', async () => {
    const body = form({
      page: BYTES,
      selfie: [BYTES, new Uint8Array([9])],
      EF_SOD: BYTES,
      DG1: new Uint8Array([0x61]),
      request: { id: 'case-7', policy: 'passport', times: [0, 120.5] },
    })
    const { status, headers, text, json } = await post(url('/v1/verifications'), body)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(text).toBe(canonicalJson(json))
    expect(Check(ResultSchema, json)).toBe(true)
    expect(json.id).toBe('case-7')
    const [asked] = engine.asked
    expect(asked?.policy).toBe('passport')
    expect(new Uint8Array(asked!.evidence.page!)).toEqual(BYTES)
    expect(Object.keys(asked!.evidence.chip!.files)).toEqual(['EF_SOD', 'DG1'])
    expect(asked!.evidence.selfie!.map(({ bytes, time }) => [bytes.length, time])).toEqual([
      [4, 0],
      [1, 120.5],
    ])
  })

  it('takes the default policy and derives the id when nothing is asked for', async () => {
    const { json } = await post(url('/v1/verifications'), form({ page: BYTES }))
    expect(json).toMatchObject({ id: 'derived', policy: 'passport-face' })
  })

  it('says where the time went', async () => {
    const { headers } = await post(url('/v1/verifications'), form({ page: BYTES }))
    expect(headers.get('server-timing')).toMatch(/^chip;dur=1\.5, mrz;dur=20\.0, total;dur=\d+\.\d$/)
  })

  it('takes 10 s as the deadline, or what the caller has', async () => {
    await post(url('/v1/verifications'), form({ page: BYTES }))
    await post(url('/v1/verifications'), form({ page: BYTES }), { 'genkend-deadline-ms': '1500' })
    const [unsaid, said] = engine.asked.map(({ call }) => call.deadlineMs!)
    expect(unsaid).toBeGreaterThan(9000)
    expect(unsaid).toBeLessThanOrEqual(10_000)
    expect(said).toBeGreaterThan(500)
    expect(said).toBeLessThanOrEqual(1500)
  })

  it('marks every result of a demonstration', async () => {
    const demonstration = await serve(engine, { demo: true })
    const { json, text } = await post(`${demonstration.origin}/v1/verifications`, form({ page: BYTES }))
    expect(json.demo).toBe(true)
    expect(text).toBe(canonicalJson(json))
  })
})

describe('challenges', () => {
  it('of liveness travel by id, and are spent by the first verification that names them, whatever comes of it', async () => {
    const issued = await post(url('/v1/liveness/challenges'))
    expect(issued.status).toBe(201)
    expect(issued.json).toMatchObject({ steps: [{ kind: 'turn-left', at: 500 }] })
    const answer = () => form({ selfie: BYTES, request: { challenge: issued.json.id } })
    engine.work = () => Promise.reject(new Error('a broken worker'))
    expect((await post(url('/v1/verifications'), answer())).status).toBe(500)
    expect(engine.asked[0]?.evidence.challenge?.nonce).toBe(issued.json.nonce)
    const again = await post(url('/v1/verifications'), answer())
    expect(again).toMatchObject({ status: 422, json: { code: 'challenge-spent' } })
  })

  it('of the chip reach the engine as the bytes that were issued', async () => {
    const { json } = await post(url('/v1/chip/challenges'))
    const activeAuthentication = { challenge: json.id, response: 'c0ffee' }
    const body = () => form({ EF_SOD: BYTES, request: { activeAuthentication } })
    expect((await post(url('/v1/chip'), body())).status).toBe(200)
    const proof = engine.asked[0]!.evidence.chip!.activeAuthentication!
    expect(Buffer.from(proof.challenge).toString('hex')).toBe(json.challenge)
    expect(Buffer.from(proof.response).toString('hex')).toBe('c0ffee')
    expect((await post(url('/v1/chip'), body())).json.code).toBe('challenge-spent')
  })

  it('of the chip begin chip authentication with its DG14: the key stays here, the answer comes by id', async () => {
    const key = ecChipKey()
    const DG14 = dg14Of(...agreementInfos(key, [2, 4], 3))
    const { status, json, text } = await post(url('/v1/chip/challenges'), form({ DG14 }))
    expect(status).toBe(201)
    const { protocol, keyId, publicKey, command } = json.chipAuthentication
    expect([protocol, keyId]).toEqual(['0.4.0.127.0.7.2.2.3.2.4', 3])

    const response = answer(key, protocol, Buffer.from(publicKey, 'hex'), Buffer.from(command, 'hex')).toString('hex')
    const chipAuthentication = { challenge: json.id, response }
    // One challenge serves both proofs of a request.
    const activeAuthentication = { challenge: json.id, response: 'c0ffee' }
    const body = () => form({ DG14, request: { chipAuthentication, activeAuthentication, access: 'bac' } })
    expect((await post(url('/v1/chip'), body())).status).toBe(200)
    const { chip } = engine.asked[0]!.evidence
    expect(chip).toMatchObject({ access: 'bac', chipAuthentication: { protocol, keyId, cipher: 'aes256' } })
    const kept = chip!.chipAuthentication as ChipAuthenticationEvidence
    expect(text).not.toContain(Buffer.from(kept.terminalPrivateKey).toString('hex').slice(-64))
    expect(verifyChipAuthentication(kept, readDataGroups({ DG14 }).dg14!).outcome.status).toBe('passed')
    expect((await post(url('/v1/chip'), body())).json.code).toBe('challenge-spent')
  })

  it('of the chip cannot be answered by chip authentication that was not begun', async () => {
    const { json } = await post(url('/v1/chip/challenges'))
    expect(json.chipAuthentication).toBeUndefined()
    const chipAuthentication = { challenge: json.id, response: '9000' }
    const answered = await post(url('/v1/chip'), form({ EF_SOD: BYTES, request: { chipAuthentication } }))
    expect(answered).toMatchObject({ status: 422, json: { code: 'challenge-without-key' } })
  })

  it('are not spent by a request that is at fault itself', async () => {
    const { json } = await post(url('/v1/liveness/challenges'))
    const ask = (more: object) =>
      post(url('/v1/verifications'), form({ selfie: BYTES, request: { challenge: json.id, ...more } }))
    expect((await ask({ policy: 'nonsense' })).json.code).toBe('policy-unknown')
    expect((await ask({ times: [1, 2] })).json.code).toBe('times-mismatch')
    expect((await ask({})).status).toBe(200)
  })
})

describe('the single steps', () => {
  it('POST /v1/chip judges by the policy chip, whatever is asked', async () => {
    const { json } = await post(url('/v1/chip'), form({ EF_SOD: BYTES, request: { policy: 'page' } }))
    expect(json.policy).toBe('chip')
  })

  it('POST /v1/mrz', async () => {
    const { status, json } = await post(url('/v1/mrz'), form({ page: BYTES }))
    expect([status, json]).toEqual([200, { found: false, reason: 'mrz-not-found', capture: CAPTURE }])
    const frames = await post(url('/v1/mrz'), form({ page: [BYTES, BYTES] }))
    expect(frames.status).toBe(200)
    const tooMany = await post(url('/v1/mrz'), form({ page: Array(17).fill(BYTES) }))
    expect([tooMany.status, tooMany.json.code]).toEqual([400, 'part-repeated'])
  })

  it('POST /v1/faces/compare', async () => {
    const { json } = await post(url('/v1/faces/compare'), form({ a: BYTES, b: BYTES }))
    expect(json).toEqual({ similarity: 0.9, threshold: 0.4, falseMatchRate: 1e-6, match: true, calibration: 'a set' })
    const faceless = await post(url('/v1/faces/compare'), form({ a: BYTES, b: new Uint8Array(1) }))
    expect(faceless).toMatchObject({ status: 422, json: { code: 'no-face' } })
  })

  it('POST /v1/liveness, one picture or a performed challenge', async () => {
    const passive = await post(url('/v1/liveness'), form({ selfie: BYTES }))
    expect(passive.json).toMatchObject({ live: true, score: 0.9 })
    const { json } = await post(url('/v1/liveness/challenges'))
    const request = { challenge: json.id, times: [0, 100] }
    const active = await post(url('/v1/liveness'), form({ selfie: [BYTES, BYTES], request }))
    expect(active.json).toMatchObject({ passed: true, score: 1 })
  })
})

describe('operations', () => {
  it('tell that the service is alive, ready, and no longer ready', async () => {
    expect((await fetch(url('/healthz'))).status).toBe(200)
    expect((await fetch(url('/readyz'))).status).toBe(200)
    Object.assign(engine.status, { ready: false })
    expect((await fetch(url('/readyz'))).status).toBe(503)
    expect((await fetch(url('/healthz'))).status).toBe(200)
  })

  it('count what was done', async () => {
    await post(url('/v1/verifications'), form({ page: BYTES }))
    await post(url('/v1/verifications'), form({ nonsense: BYTES }))
    const text = await (await fetch(url('/metrics'))).text()
    expect(text).toContain('genkend_verifications_total{policy="passport-face",verdict="undecided"} 1')
    expect(text).toContain('genkend_queued_calls{lane="interactive"} 3')
    expect(text).toMatch(
      /genkend_http_request_seconds_count\{method="POST",route="\/v1\/verifications",status="400"\} 1/,
    )
    expect(text).toMatch(/genkend_stage_seconds_count\{stage="mrz"\} 1/)
  })

  it('describe the interface', async () => {
    const document = JSON.parse(await (await fetch(url('/openapi.json'))).text())
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/chip',
      '/v1/chip/challenges',
      '/v1/faces/compare',
      '/v1/liveness',
      '/v1/liveness/challenges',
      '/v1/mrz',
      '/v1/verifications',
    ])
    const { requestBody, responses } = document.paths['/v1/verifications'].post
    expect(Object.keys(requestBody.content['multipart/form-data'].schema.properties)).toContain('EF_SOD')
    expect(responses['200'].content['application/json'].schema.required).toContain('verdict')
    expect(responses['4XX'].content['application/problem+json']).toBeDefined()
  })
})
