import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { destination, type Logger } from 'pino'
import { Fault } from '../check/index.ts'
import { createEngine, type Engine } from '../engine/index.ts'
import { createApp, createLogger, readApiKeys } from '../http/index.ts'
import { TOLERANT, wholeNumber } from './arguments.ts'
import { FAULT_STATUS } from './exit-status.ts'
import { complain } from './output.ts'

export interface ServeOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly trust?: string
  readonly calibration?: string
  readonly workers?: number
  readonly keys?: string
  readonly tolerant?: boolean
  readonly demo?: boolean
}

/** Requests get `MAX_DRAIN_MS` to end; what still computes so long after a signal will not end. */
const KILL_AFTER_MS = 45_000

const DEMO_FOLDER = 'specimens'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

export function serveCommand(): Command {
  return new Command('serve')
    .description('Serves verifications over HTTP until SIGTERM or SIGINT; SIGHUP reads the trust store again.')
    .option('--host <address>', 'where to listen; beyond loopback this needs --keys', '127.0.0.1')
    .option('--port <number>', 'the port', port, 8080)
    .option('--trust <folder>', 'the trust store')
    .option('--calibration <file>', 'what `genkend face --calibrate` wrote: decides whether faces match')
    .option('--workers <n>', 'worker threads (default: one a core)', wholeNumber)
    .option('--keys <file>', 'API keys: {"keys": [{"name", "hash": "sha256:…", "scopes": ["submit", "read"]}]}')
    .option(...TOLERANT)
    .option('--demo', 'issue specimens and trust their issuer alone; on loopback only, every result says so')
    .action((options: ServeOptions) => (options.demo ? serveDemonstration(options) : serve(options)))
}

/** Serves until a signal comes; by then every request that was taken has been answered. */
export async function serve(options: ServeOptions): Promise<void> {
  const { host, keys, trust, calibration, workers, tolerant, demo } = options
  if (!LOOPBACK.has(host) && !keys) throw new Fault('keys-needed', 'usage', 'beyond loopback, --keys is needed')
  const apiKeys = keys === undefined ? {} : { keys: await readApiKeys(keys) }
  const logger = createLogger(destination(2))
  const stopped = stopSignal(logger)

  const engine = await createEngine({
    ...(trust ? { trust } : {}),
    ...(calibration ? { calibration } : {}),
    ...(workers ? { workers } : {}),
    tolerant: tolerant ?? false,
  })
  try {
    await engine.warmUp()
    const app = await createApp(engine, { ...apiKeys, logger, demo: demo ?? false })
    const reload = () => void reloadTrust(engine, logger)
    try {
      const address = await app.listen({ host, port: options.port }).catch((cause: unknown) => {
        throw new Fault('address-unusable', 'usage', 'cannot listen at this host and port', { cause })
      })
      process.on('SIGHUP', reload)
      complain(`genkend serves at ${address}${demo ? ', a demonstration: it trusts specimens' : ''}`)
      await stopped
      // Ending a thread while it computes would abort the process, and with it the answers that others wait for.
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), KILL_AFTER_MS).unref()
    } finally {
      process.off('SIGHUP', reload)
      await app.close()
    }
  } finally {
    await engine.close()
  }
}

/** Specimens are kept in the folder `specimens` from one demonstration to the next: drawing their persons takes a while. */
async function serveDemonstration(options: ServeOptions): Promise<void> {
  if (!LOOPBACK.has(options.host)) throw new Fault('demo-exposed', 'usage', '--demo serves on loopback alone')
  if (options.trust) throw new Fault('demo-trust', 'usage', '--demo has a trust store of its own')
  if (!existsSync(join(DEMO_FOLDER, 'manifest.jsonl'))) {
    const { issueSpecimens } = await import('../specimen/index.ts')
    const onProgress = (written: number, total: number) => complain(`specimen ${written} of ${total}`)
    await issueSpecimens(DEMO_FOLDER, { onProgress })
  }
  complain(`specimens to try: ${resolve(DEMO_FOLDER)}`)
  await serve({ ...options, trust: join(DEMO_FOLDER, 'trust') })
}

/** Resolves at the first signal to end, or at an error that nobody caught: what is under way is answered all the same. */
function stopSignal(logger: Logger): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        logger.info({ signal }, 'draining')
        resolve()
      })
    process.on('uncaughtException', (err) => {
      logger.fatal({ err }, 'uncaught error')
      process.exitCode = FAULT_STATUS.internal
      resolve()
    })
  })
}

async function reloadTrust(engine: Engine, logger: Logger): Promise<void> {
  try {
    await engine.reloadTrust()
    logger.info({ trustStore: engine.status.trustStore }, 'trust store read again')
  } catch (error) {
    logger.error({ code: Fault.record(error).code }, 'the trust store could not be read: the old one stays')
  }
}

function port(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('It is a whole number from 0 to 65535.')
  return number
}
