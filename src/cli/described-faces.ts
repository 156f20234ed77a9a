import { readPicture } from '../batch/index.ts'
import { Fault, type FaultRecord } from '../check/index.ts'
import type { Engine, FaceAnswer } from '../engine/index.ts'
import { inFlight } from './in-flight.ts'

/** A face, or why the file shows none. */
export type DescribedFace = FaceAnswer | FaultRecord

/** Analyses each distinct file once, enough of them at a time to keep every worker busy. */
export async function describeFaces(
  engine: Engine,
  files: ReadonlySet<string>,
): Promise<ReadonlyMap<string, DescribedFace>> {
  const described = new Map<string, DescribedFace>()
  const limit = 2 * engine.status.workers
  for await (const [file, answer] of inFlight(files, limit, (path) => describe(engine, path)))
    described.set(file, answer)
  return described
}

async function describe(engine: Engine, path: string): Promise<DescribedFace> {
  try {
    return (await engine.analyseFace(await readPicture(path), { lane: 'batch' })).answer
  } catch (error) {
    const fault = Fault.record(error)
    if (fault.kind === 'installation') throw error
    return fault
  }
}
