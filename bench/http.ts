import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { readEvidence, readManifestLine } from '../src/batch/index.ts'
import { createEngine } from '../src/engine/index.ts'
import { createApp, createLogger } from '../src/http/index.ts'
import { issueSpecimens } from '../src/specimen/index.ts'
import type { VerificationEvidence } from '../src/verification/index.ts'
import { machine, table } from './report.ts'

const SECONDS = 5

interface Load {
  readonly name: string
  readonly path: string
  readonly parts?: Readonly<Record<string, Uint8Array>>
}

/**
 * Claim: how many requests a second the service answers at most, on all cores of one machine.
 *
 * A closed loop of autocannon, two connections a worker, in a thread of the same machine: what it costs is part of the
 * figure. Its percentiles are those of a full queue; the open-loop driver measures what callers see.
 */
export async function benchHttp({ repeats = 1 } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'genkend-bench-'))
  await issueSpecimens(folder, { count: 1, genuine: true })
  const workers = availableParallelism()
  const engine = await createEngine({ trust: join(folder, 'trust'), workers })
  const app = await createApp(engine, { logger: createLogger({ write: () => {} }) })
  try {
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    const [line] = (await readFile(join(folder, 'manifest.jsonl'), 'utf8')).split('\n')
    const loads = describeLoads(await readEvidence(readManifestLine(line!), folder))
    const rows: (string | number)[][] = []
    for (const load of loads)
      for (let i = 0; i < repeats; i++) rows.push(await fire(load, `http://127.0.0.1:${port}`, 2 * workers))
    const header = ['request', 'KB', 'answers/s', 'median ms', '99 % ms', 'CPU ms each']
    return `${machine()}\n${workers} workers, ${2 * workers} connections, ${SECONDS} s each\n${table(header, rows)}`
  } finally {
    await app.close()
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** From the frame alone to a whole verification; a challenge is spent once, so the last one goes without. */
function describeLoads({ page, chip, selfie }: VerificationEvidence): readonly Load[] {
  const files = (chip?.files ?? {}) as Record<string, Uint8Array>
  const request = Buffer.from(JSON.stringify({ policy: 'passport-match' }))
  return [
    { name: 'healthz', path: '/healthz' },
    { name: 'chip', path: '/v1/chip', parts: files },
    { name: 'mrz', path: '/v1/mrz', parts: { page: page! } },
    {
      name: 'verification (passport-match)',
      path: '/v1/verifications',
      parts: { ...files, page: page!, selfie: selfie![0]!.bytes, request },
    },
  ]
}

async function fire({ name, path, parts }: Load, origin: string, connections: number): Promise<(string | number)[]> {
  const boundary = 'genkend-bench'
  const body = parts && multipart(parts, boundary)
  const before = process.cpuUsage()
  const result = await autocannon({
    url: origin + path,
    connections,
    duration: SECONDS,
    workers: 1,
    timeout: 30,
    ...(body
      ? { method: 'POST', body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
      : { method: 'GET' }),
  })
  const { user, system } = process.cpuUsage(before)
  if (result.non2xx + result.errors > 0) throw new Error(`${name}: ${result.non2xx + result.errors} requests failed`)
  const answers = result['2xx']
  return [
    name,
    Math.round((body?.length ?? 0) / 1024),
    (answers / result.duration).toFixed(1),
    result.latency.p50,
    result.latency.p99,
    ((user + system) / 1000 / answers).toFixed(1),
  ]
}

function multipart(parts: Readonly<Record<string, Uint8Array>>, boundary: string): Buffer {
  const chunks = Object.entries(parts).flatMap(([name, bytes]) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)])
}
