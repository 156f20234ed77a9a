import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { afterEach } from 'vitest'
import type { Engine } from '../../src/engine/index.ts'
import { type AppOptions, createApp, createLogger } from '../../src/http/index.ts'

export interface RunningService {
  readonly origin: string
  /** Everything that was logged so far. */
  readonly log: () => string
  readonly close: () => Promise<void>
}

const running: RunningService[] = []

afterEach(async () => {
  for (const service of running.splice(0)) await service.close()
})

/** Serves an engine on a free port until the test is over. */
export async function serve(engine: Engine, options: AppOptions = {}): Promise<RunningService> {
  let log = ''
  const destination = new Writable({
    write(chunk, _, done) {
      log += chunk
      done()
    },
  })
  const app = await createApp(engine, { logger: createLogger(destination), ...options })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  let closed: Promise<undefined> | undefined
  const service = {
    origin: `http://127.0.0.1:${port}`,
    log: () => log,
    close: async () => {
      closed ??= app.close()
      await closed
    },
  }
  running.push(service)
  return service
}

type Value = Uint8Array | string | object

/** A multipart body; objects become JSON, arrays several parts of one name. */
export function form(parts: Readonly<Record<string, Value | readonly Value[]>>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(parts))
    for (const one of Array.isArray(value) ? value : [value]) data.append(name, toPart(one as Value))
  return data
}

function toPart(value: Value): Blob | string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return new Blob([new Uint8Array(value)])
  return new Blob([JSON.stringify(value)], { type: 'application/json' })
}

/** Posts a body; answers status, headers and JSON. */
export async function post(url: string, body?: FormData, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', headers, ...(body ? { body } : {}) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) }
}
