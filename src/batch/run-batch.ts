import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Fault } from '../check/index.ts'
import type { Engine } from '../engine/types.ts'
import { canonicalJson } from '../verification/canonical-json.ts'
import { readPolicy } from '../verification/policies.ts'
import type { Verification } from '../verification/result.ts'
import { readEvidence } from './evidence-files.ts'
import { finishedIds } from './finished.ts'
import { lineId, type ManifestLine, readManifestLine } from './manifest-line.ts'
import { readMoment } from './moment.ts'

export interface BatchOptions {
  /** JSON Lines, one verification a line; paths are relative to its folder. */
  readonly manifest: string
  /** JSON Lines, written as results come in, in any order. */
  readonly out: string
  /** Keep the results that are there and leave out the lines whose id has one. */
  readonly resume?: boolean
  /** The trust store of lines that name none. */
  readonly trust?: string
  /** How many verifications are under way at once. */
  readonly concurrency: number
  readonly onProgress?: (progress: BatchProgress) => void
}

export interface BatchProgress {
  /** Lines of the manifest that are not blank. */
  readonly total: number
  readonly done: number
  readonly skipped: number
  readonly errors: number
  readonly verdicts: Readonly<Record<string, number>>
}

/**
 * Runs every line of a manifest through the engine, in its batch lane. Every line gets exactly one line of output:
 * `{id, result, timings}`, or `{id, error: {code}}` when its evidence could not be used. A bad line stops nothing.
 */
export async function runBatch(engine: Engine, options: BatchOptions): Promise<BatchProgress> {
  const finished = options.resume ? await finishedIds(options.out) : new Set<string>()
  const out = createWriteStream(options.out, { flags: options.resume ? 'a' : 'w' })
  await once(out, 'open')
  const progress = {
    total: await countLines(options.manifest),
    done: 0,
    skipped: 0,
    errors: 0,
    verdicts: {} as Record<string, number>,
  }
  const running = new Set<Promise<void>>()

  const answer = async (line: string, number: number): Promise<void> => {
    const id = lineId(line, number)
    try {
      const { result, timings } = await verifyLine(engine, readManifestLine(line), options)
      out.write(`{"id":${JSON.stringify(id)},"result":${canonicalJson(result)},"timings":${canonicalJson(timings)}}\n`)
      progress.verdicts[result.verdict] = (progress.verdicts[result.verdict] ?? 0) + 1
    } catch (error) {
      out.write(`${canonicalJson({ id, error: { code: Fault.record(error).code } })}\n`)
      progress.errors++
    }
    progress.done++
    options.onProgress?.(progress)
  }

  let number = 0
  for await (const line of createInterface({ input: createReadStream(options.manifest), crlfDelay: Infinity })) {
    number++
    if (line.trim() === '') continue
    if (finished.has(lineId(line, number))) {
      progress.skipped++
      continue
    }
    const task = answer(line, number).finally(() => running.delete(task))
    running.add(task)
    if (running.size >= options.concurrency) await Promise.race(running)
    if (out.writableNeedDrain) await once(out, 'drain')
  }
  await Promise.all(running)
  out.end()
  await once(out, 'close')
  return progress
}

async function countLines(path: string): Promise<number> {
  let count = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line.trim() !== '') count++
  }
  return count
}

async function verifyLine(engine: Engine, line: ManifestLine, options: BatchOptions): Promise<Verification> {
  const base = dirname(options.manifest)
  const trust = line.trust === undefined ? options.trust : resolve(base, line.trust)
  return engine.verify(await readEvidence(line, base), {
    lane: 'batch',
    ...(line.policy === undefined
      ? {}
      : { policy: typeof line.policy === 'string' ? line.policy : readPolicy(line.policy) }),
    ...(line.at === undefined ? {} : { at: readMoment(line.at) }),
    ...(trust === undefined ? {} : { trust }),
    ...(line.tolerant === undefined ? {} : { tolerant: line.tolerant }),
  })
}
