import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type ApiKey, readApiKeys } from '../../src/http/index.ts'
import { fakeEngine } from './fake-engine.ts'
import { form, post, serve } from './service.ts'

const hash = (key: string) => `sha256:${createHash('sha256').update(key).digest('hex')}`
const KEYS: readonly ApiKey[] = [
  { name: 'kiosk', hash: hash('kiosk-secret'), scopes: ['submit'], concurrent: 1 },
  { name: 'monitor', hash: hash('monitor-secret'), scopes: ['read'] },
]
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const page = () => form({ page: new Uint8Array(4) })

it('lets a key do what its scopes allow', async () => {
  const { origin } = await serve(fakeEngine(), { keys: KEYS })
  const submit = async (headers: Record<string, string>) => {
    const { status, json } = await post(`${origin}/v1/verifications`, page(), headers)
    return [status, json.code]
  }
  const read = async (headers: Record<string, string>) => (await fetch(`${origin}/metrics`, { headers })).status
  expect(await submit(bearer('kiosk-secret'))).toEqual([200, undefined])
  expect(await submit(bearer('monitor-secret'))).toEqual([403, 'scope-missing'])
  expect(await submit(bearer('guess'))).toEqual([401, 'key-missing'])
  expect(await submit(bearer(KEYS[0]!.hash))).toEqual([401, 'key-missing'])
  expect(await submit({ authorization: 'Basic kiosk-secret' })).toEqual([401, 'key-missing'])
  expect(await submit({})).toEqual([401, 'key-missing'])
  expect(await read(bearer('monitor-secret'))).toBe(200)
  expect(await read(bearer('kiosk-secret'))).toBe(403)
})

it('asks nobody for a key to tell that it is alive', async () => {
  const { origin } = await serve(fakeEngine(), { keys: KEYS })
  for (const path of ['/healthz', '/readyz', '/openapi.json']) expect((await fetch(origin + path)).status).toBe(200)
})

it('holds a key to its own limit, and gives the place back after an answer or when the client leaves', async () => {
  const engine = fakeEngine()
  const { origin } = await serve(engine, { keys: KEYS })
  const submit = (signal?: AbortSignal) =>
    fetch(`${origin}/v1/verifications`, {
      method: 'POST',
      body: page(),
      headers: bearer('kiosk-secret'),
      ...(signal ? { signal } : {}),
    })
  const controller = new AbortController()
  const arrived = new Promise<void>((resolve) => {
    engine.work = () => new Promise(() => resolve())
  })
  const first = submit(controller.signal)
  await arrived
  const second = await submit()
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1'])
  controller.abort()
  await expect(first).rejects.toThrow()
  engine.work = async () => {}
  await expect.poll(async () => (await submit()).status).toBe(200)
  expect((await submit()).status).toBe(200)
})

it('without keys answers only to the names of this machine', async () => {
  const { origin } = await serve(fakeEngine())
  const { port } = new URL(origin)
  const { request } = await import('undici')
  const ask = async (host: string) =>
    (await request(`${origin}/v1/chip/challenges`, { method: 'POST', headers: { host } })).statusCode
  expect(await ask(`localhost:${port}`)).toBe(201)
  expect(await ask(`127.0.0.1:${port}`)).toBe(201)
  expect(await ask('evil.example')).toBe(421)
  expect(await ask('localhost.evil.example')).toBe(421)
})

it('reads keys from a file and refuses one that is not of the documented shape', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'))
  const file = join(folder, 'keys.json')
  try {
    await writeFile(file, JSON.stringify({ keys: KEYS }))
    expect(await readApiKeys(file)).toEqual(KEYS)
    for (const bad of ['', '{}', '{"keys":[]}', JSON.stringify({ keys: [{ ...KEYS[0], hash: 'kiosk-secret' }] })]) {
      await writeFile(file, bad)
      await expect(readApiKeys(file)).rejects.toMatchObject({ code: 'keys-malformed', kind: 'usage' })
    }
    await expect(readApiKeys(join(folder, 'none'))).rejects.toMatchObject({ code: 'keys-unreadable', kind: 'usage' })
  } finally {
    await rm(folder, { recursive: true })
  }
})
