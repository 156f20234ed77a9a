import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveCommand } from '../../src/cli/serve.ts'
import { createEngine } from '../../src/engine/index.ts'
import { ANCHOR, SPECIMEN } from '../../src/engine/self-test/specimen.ts'
import { canonicalJson } from '../../src/verification/canonical-json.ts'
import { form, post } from './service.ts'

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
const CHIP = Object.fromEntries(Object.entries(SPECIMEN).map(([name, text]) => [name, fromBase64(text)]))
const CLI = new URL('../../src/cli/genkend.ts', import.meta.url).pathname

let folder: string
const processes: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'))
  await mkdir(join(folder, 'trust/anchors'), { recursive: true })
  await writeFile(join(folder, 'trust/anchors/utopia.cer'), fromBase64(ANCHOR))
})

afterAll(async () => {
  for (const process of processes) process.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

/** Runs `genkend serve`; `output` is what it said so far, `ended` its exit status. */
function run(...options: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, 'serve', '--port', '0', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  processes.push(child)
  let output = ''
  child.stderr.on('data', (data) => {
    output += data
  })
  const ended = once(child, 'exit').then(([status, signal]) => status ?? signal)
  return { child, output: () => output, ended }
}

it('answers what it took when it is told to end, exits 0, and leaves nothing personal in its log', {
  timeout: 90_000,
}, async () => {
  const { child, output, ended } = run('--trust', join(folder, 'trust'), '--workers', '1')
  await expect.poll(output, { timeout: 60_000 }).toContain('genkend serves at')
  const [origin] = /http:\/\/[\d.:]+/.exec(output())!
  expect((await fetch(`${origin}/readyz`)).status).toBe(200)

  const genuine = () => post(`${origin}/v1/chip`, form({ ...CHIP, request: { id: 'case-of-SELF' } }))
  const { json, text } = await genuine()
  expect(json).toMatchObject({ verdict: 'accepted', id: 'case-of-SELF', document: { surname: 'TEST' } })
  const nonsense = await post(`${origin}/v1/mrz`, form({ page: new TextEncoder().encode('P<UTOTEST<<SELF') }))
  expect(nonsense).toMatchObject({ status: 415, json: { code: 'image-type-unsupported' } })

  // The same evidence at the same moment: the library's answer, byte for byte.
  const library = await createEngine({ trust: join(folder, 'trust'), workers: 1 })
  const evidence = { id: json.id, chip: { files: CHIP } }
  const { result } = await library.verify(evidence, { policy: 'chip', at: new Date(json.evaluatedAt) })
  await library.close()
  expect(canonicalJson(result)).toBe(text)

  const left = new AbortController()
  const leaving = fetch(`${origin}/v1/chip`, { method: 'POST', body: form(CHIP), signal: left.signal })
  const underWay = Array.from({ length: 30 }, genuine)
  left.abort()
  await expect(leaving).rejects.toThrow()
  await Promise.race(underWay)
  child.kill('SIGTERM')
  const answers = await Promise.allSettled(underWay)
  expect(await ended).toBe(0)
  for (const answer of answers) if (answer.status === 'fulfilled') expect(answer.value.json.verdict).toBe('accepted')
  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  expect(output()).toContain('"verdict":"accepted"')
  for (const personal of ['SELF', 'TEST', 'U00000000', '900131']) expect(output()).not.toContain(personal)
})

it.each([
  ['beyond loopback without keys', ['--host', '0.0.0.0'], 'keys-needed'],
  ['with keys that are not there', ['--keys', '/nowhere/at/all'], 'keys-unreadable'],
  ['a demonstration for others', ['--demo', '--host', '0.0.0.0'], 'demo-exposed'],
  ['a demonstration that trusts others', ['--demo', '--trust', '/nowhere/at/all'], 'demo-trust'],
])('does not serve %s', async (_, options, code) => {
  const serving = serveCommand().parseAsync(options, { from: 'user' })
  await expect(serving).rejects.toMatchObject({ code, kind: 'usage' })
})
