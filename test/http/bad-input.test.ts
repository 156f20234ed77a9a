import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../src/check/index.ts'
import { Overload } from '../../src/pool/index.ts'
import { type FakeEngine, fakeEngine } from './fake-engine.ts'
import { form, post, type RunningService, serve } from './service.ts'

const BYTES = new Uint8Array([1, 2, 3, 4])
let engine: FakeEngine
let service: RunningService

beforeEach(async () => {
  engine = fakeEngine()
  service = await serve(engine)
})

const url = (path: string) => `${service.origin}${path}`
const request = (json: object) => form({ page: BYTES, request: json })

describe.each<[string, string, () => FormData, number, string]>([
  ['a part nobody knows', '/v1/verifications', () => form({ passport: BYTES }), 400, 'part-unknown'],
  ['a part named like a built-in', '/v1/verifications', () => form({ constructor: BYTES }), 400, 'request-malformed'],
  ['a chip file of another name', '/v1/chip', () => form({ DG17: BYTES }), 400, 'part-unknown'],
  ['a page where only chip files go', '/v1/chip', () => form({ page: BYTES }), 400, 'part-unknown'],
  ['two pages', '/v1/verifications', () => form({ page: [BYTES, BYTES] }), 400, 'part-repeated'],
  ['too many frames', '/v1/liveness', () => form({ selfie: Array(121).fill(BYTES) }), 400, 'part-repeated'],
  ['too many parts', '/v1/verifications', () => form({ selfie: Array(200).fill(BYTES) }), 400, 'part-repeated'],
  ['a chip file that is too large', '/v1/chip', () => form({ DG2: new Uint8Array(5_000_000) }), 413, 'part-too-large'],
  ['a page that is too large', '/v1/mrz', () => form({ page: new Uint8Array(17_000_000) }), 413, 'part-too-large'],
  ['no page', '/v1/mrz', () => form({ page: [] }), 400, 'part-missing'],
  ['one face', '/v1/faces/compare', () => form({ a: BYTES }), 400, 'part-missing'],
  ['an empty picture', '/v1/mrz', () => form({ page: new Uint8Array(0) }), 400, 'image-malformed'],
  ['frames without the challenge', '/v1/liveness', () => form({ selfie: [BYTES, BYTES] }), 400, 'challenge-missing'],
  ['a request that is no JSON', '/v1/verifications', () => form({ request: '{"id":' }), 400, 'request-malformed'],
  ['a request that is null', '/v1/verifications', () => form({ request: 'null' }), 400, 'request-malformed'],
  ['a request with a stray member', '/v1/verifications', () => request({ polcy: 'chip' }), 400, 'request-malformed'],
  ['an unknown policy', '/v1/verifications', () => request({ policy: 'lenient' }), 400, 'policy-unknown'],
  ['a policy like a built-in', '/v1/verifications', () => request({ policy: 'toString' }), 400, 'policy-unknown'],
  [
    'a policy of its own',
    '/v1/verifications',
    () => request({ policy: { name: 'x', checks: {} } }),
    400,
    'not-over-http',
  ],
  ['a moment of its own', '/v1/verifications', () => request({ at: '2020-01-01' }), 400, 'not-over-http'],
  ['a trust store of its own', '/v1/verifications', () => request({ trust: '/etc' }), 400, 'not-over-http'],
  [
    'the key of chip authentication',
    '/v1/verifications',
    () => request({ chipAuthentication: { protocol: '0.4.0.127.0.7.2.2.3.2.2', terminalPrivateKey: '30' } }),
    400,
    'not-over-http',
  ],
  [
    'the keys of PACE with its mapping',
    '/v1/verifications',
    () => request({ chipAuthentication: { protocol: '0.4.0.127.0.7.2.2.4.6.2', nonce: '00' } }),
    400,
    'not-over-http',
  ],
  ['a proof that is none', '/v1/verifications', () => request({ chipAuthentication: {} }), 400, 'request-malformed'],
  [
    'an answer to a challenge nobody issued',
    '/v1/verifications',
    () => request({ chipAuthentication: { challenge: 'AAAA', response: '9000' } }),
    422,
    'challenge-unknown',
  ],
  ['a DG14 that is none', '/v1/chip/challenges', () => form({ DG14: new Uint8Array([1, 2]) }), 400, 'dg14-malformed'],
  [
    'a part that no challenge needs',
    '/v1/chip/challenges',
    () => form({ DG1: new Uint8Array(1) }),
    400,
    'part-unknown',
  ],
  [
    'a challenge of its own',
    '/v1/verifications',
    () => request({ challenge: { nonce: '00', steps: [] } }),
    400,
    'not-over-http',
  ],
  ['a challenge nobody issued', '/v1/verifications', () => request({ challenge: 'AAAA' }), 422, 'challenge-unknown'],
])('%s', (_, path, body, status, code) => {
  it(`to ${path} is ${status} ${code}, and the service goes on`, async () => {
    const answer = await post(url(path), body())
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(answer.json).toMatchObject({ status, code, type: `urn:genkend:problem:${code}` })
    expect((await post(url('/v1/verifications'), form({ page: BYTES }))).status).toBe(200)
  })
})

describe('requests that are no form', () => {
  it.each([
    ['application/json', '{"page":"AAAA"}', 415, 'multipart-expected'],
    ['application/json', '{"page":', 400, 'request-malformed'],
    ['image/jpeg', 'JFIF', 415, 'media-type-unsupported'],
    ['multipart/form-data', 'no boundary', 400, 'multipart-malformed'],
    ['multipart/form-data; boundary=x', '--x\r\nnonsense', 400, 'multipart-malformed'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="page"\r\n\r\ncut',
      400,
      'multipart-malformed',
    ],
  ])('%s %j: %i %s', async (type, body, status, code) => {
    const response = await fetch(url('/v1/verifications'), { method: 'POST', headers: { 'content-type': type }, body })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code])
  })

  it('and addresses that lead nowhere are 404', async () => {
    const response = await fetch(url('/v1/passports'))
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'not-found' })
  })
})

describe('a deadline', () => {
  it.each(['0', '-1', '1e3', 'soon', '120001'])('of %j is refused', async (deadline) => {
    const answer = await post(url('/v1/verifications'), form({ page: BYTES }), { 'genkend-deadline-ms': deadline })
    expect(answer).toMatchObject({ status: 400, json: { code: 'deadline-invalid' } })
  })

  it('that passed is 504', async () => {
    engine.work = () => Promise.reject(new Fault('deadline', 'deadline', 'no answer before the deadline'))
    expect(await post(url('/v1/verifications'), form({ page: BYTES }))).toMatchObject({
      status: 504,
      json: { code: 'deadline' },
    })
  })

  it('that the queue cannot meet is 503, with the time to try again', async () => {
    engine.work = () => Promise.reject(new Overload('overloaded', 'the queue cannot meet the deadline', 2400))
    const answer = await post(url('/v1/verifications'), form({ page: BYTES }))
    expect(answer).toMatchObject({ status: 503, json: { code: 'overloaded' } })
    expect(answer.headers.get('retry-after')).toBe('3')
  })
})

describe('a client that leaves', () => {
  it('withdraws its call', async () => {
    const withdrawn = new Promise<void>((resolve, reject) => {
      engine.work = ({ signal }) =>
        new Promise((_, fail) => {
          signal!.addEventListener('abort', () => {
            resolve()
            fail(new Fault('cancelled', 'cancelled', 'the caller withdrew the call'))
          })
          controller.abort()
          setTimeout(() => reject(new Error('not withdrawn')), 2000)
        })
    })
    const controller = new AbortController()
    const call = fetch(url('/v1/verifications'), {
      method: 'POST',
      body: form({ page: BYTES }),
      signal: controller.signal,
    })
    await expect(call).rejects.toThrow()
    await withdrawn
    await expect.poll(service.log).toContain('"status":499')
  })

  it('in the middle of its upload disturbs nobody', async () => {
    const upload = httpRequest(url('/v1/verifications'), {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '100000' },
    })
    upload.on('error', () => {})
    upload.write('--x\r\ncontent-disposition: form-data; name="page"\r\n\r\nsome')
    await new Promise((resolve) => setTimeout(resolve, 50))
    upload.destroy()
    await expect.poll(service.log).toContain('"status":499')
    expect((await post(url('/v1/verifications'), form({ page: BYTES }))).status).toBe(200)
  })

  it('or that speaks no HTTP is answered and dropped', async () => {
    const { port } = new URL(service.origin)
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('\x16\x03\x01 hello\r\n\r\n'))
      socket.on('data', (data) => {
        text += data
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400/)
    expect(answer).toContain('"code":"request-malformed"')
    expect((await fetch(url('/healthz'))).status).toBe(200)
  })
})

describe('an error that nobody foresaw', () => {
  it('is 500 and says nothing; the log has where it happened and not what it quoted', async () => {
    engine.work = () => Promise.reject(new SyntaxError('Unexpected token in "P<UTOERIKSSON<<ANNA"'))
    const { status, json, text } = await post(url('/v1/verifications'), form({ page: BYTES }))
    expect([status, json.code]).toEqual([500, 'internal'])
    expect(text).not.toContain('ERIKSSON')
    expect(service.log()).toContain('"type":"SyntaxError"')
    expect(service.log()).toContain('bad-input.test.ts')
    expect(service.log()).not.toContain('ERIKSSON')
  })
})
