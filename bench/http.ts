import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { readEvidence, readManifestLine } from '../src/batch/index.ts'
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
 * `genkend serve` in a process of its own, a closed loop of autocannon beside it, two connections a worker. CPU is the
 * service's alone. The percentiles are those of a full queue; an open-loop driver measures what callers see.
 */
export async function benchHttp({ repeats = 1 } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'genkend-bench-'))
  await issueSpecimens(folder, { count: 1, genuine: true })
  const [line] = (await readFile(join(folder, 'manifest.jsonl'), 'utf8')).split('\n')
  const loads = describeLoads(await readEvidence(readManifestLine(line!), folder))
  const workers = availableParallelism()
  const { service, origin } = await startService(join(folder, 'trust'), workers)
  try {
    const rows: (string | number)[][] = []
    for (const load of loads) for (let i = 0; i < repeats; i++) rows.push(await fire(load, origin, 2 * workers))
    const header = ['request', 'KB', 'answers/s', 'median ms', '99 % ms', 'CPU ms each']
    return `${machine()}\n${workers} workers, ${2 * workers} connections, ${SECONDS} s each\n${table(header, rows)}`
  } finally {
    service.kill('SIGTERM')
    await once(service, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

const CLI = new URL(`../src/cli/genkend${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/** Starts `genkend serve` on a free port and waits until it says where. */
async function startService(trust: string, workers: number): Promise<{ service: ChildProcess; origin: string }> {
  const options = ['serve', '--port', '0', '--trust', trust, '--workers', String(workers)]
  const service = spawn(process.execPath, [...process.execArgv, fileURLToPath(CLI), ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const origin = await new Promise<string>((resolve, reject) => {
    service.once('exit', () => reject(new Error('genkend serve did not start')))
    // Read to the end: a service whose log nobody takes would wait.
    createInterface({ input: service.stderr }).on('line', (line) => {
      const [said] = /(?<=genkend serves at )\S+/.exec(line) ?? []
      if (said) resolve(said)
    })
  })
  return { service, origin }
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
  const before = await cpuSeconds(origin)
  const result = await autocannon({
    url: origin + path,
    connections,
    duration: SECONDS,
    timeout: 30,
    ...(body
      ? { method: 'POST', body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
      : { method: 'GET' }),
  })
  if (result.non2xx + result.errors > 0) throw new Error(`${name}: ${result.non2xx + result.errors} requests failed`)
  const answers = result['2xx']
  if (answers === 0) throw new Error(`${name}: no answer within ${SECONDS} s; is the machine busy?`)
  return [
    name,
    Math.round((body?.length ?? 0) / 1024),
    (answers / result.duration).toFixed(1),
    result.latency.p50,
    result.latency.p99,
    ((1000 * ((await cpuSeconds(origin)) - before)) / answers).toFixed(1),
  ]
}

/** User and system time of the service so far, as its metrics tell. */
async function cpuSeconds(origin: string): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text()
  return Number(/^genkend_process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1])
}

function multipart(parts: Readonly<Record<string, Uint8Array>>, boundary: string): Buffer {
  const chunks = Object.entries(parts).flatMap(([name, bytes]) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)])
}
