import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEvidence, readManifestLine } from '../src/batch/index.ts'
import { createEngine, type Engine } from '../src/engine/index.ts'
import { decodePicture, type Picture } from '../src/image/index.ts'
import { ODD_FRAMES } from '../src/liveness/glanced-frames.ts'
import { issueSpecimens } from '../src/specimen/index.ts'
import { cast, renderPortrait } from '../src/specimen/person/index.ts'
import { type Capture, measureFaceCost } from './face/cost.ts'
import { machine, quantile, table } from './report.ts'
import { settle } from './settle.ts'

type Evidence = Parameters<Engine['verify']>[0]

interface Sample {
  readonly cpuMs: number
  readonly timings: Readonly<Record<string, number>>
}

/**
 * Claim: what one whole verification of a specimen costs, by stage.
 *
 * One worker, one call at a time: page photo, chip, challenge frames and portrait of a genuine specimen, policy
 * `passport-face`. CPU is user and system time of the whole process, so that helper threads count; stages are wall time
 * inside the worker. Then the faces' part alone, once pictures are decoded.
 */
export async function benchEngine({ repeats = 20 } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'genkend-bench-'))
  const specimens = await issueSpecimens(folder, { count: 1, genuine: true })
  const engine = await createEngine({ trust: join(folder, 'trust'), workers: 1 })
  try {
    const [line] = (await readFile(join(folder, 'manifest.jsonl'), 'utf8')).split('\n')
    const evidence = await readEvidence(readManifestLine(line!), folder)
    const at = specimens.at
    await settle(() => sample(engine, evidence, at))
    const samples: Sample[] = []
    for (let i = 0; i < repeats; i++) samples.push(await sample(engine, evidence, at))
    return `${describe(samples)}\n\n${await measureFaceCost(await captureOf(evidence), repeats)}`
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function captureOf({ selfie = [], challenge }: Evidence): Promise<Capture> {
  const frames: Picture[] = []
  for (const { bytes } of selfie) frames.push(await decodePicture(bytes))
  return { portrait: renderPortrait(cast()[0]!), frames, glances: challenge ? challenge.steps.length + ODD_FRAMES : 1 }
}

async function sample(engine: Engine, evidence: Evidence, at: Date): Promise<Sample> {
  const before = process.cpuUsage()
  const { result, timings } = await engine.verify(evidence, { at })
  const { user, system } = process.cpuUsage(before)
  if (result.verdict !== 'accepted') throw new Error(`the specimen was ${result.verdict}: ${result.reasons.join(', ')}`)
  return { cpuMs: (user + system) / 1000, timings }
}

function describe(samples: readonly Sample[]): string {
  const stages = Object.keys(samples[0]?.timings ?? {})
  const row = (name: string, values: readonly number[]) => [
    name,
    quantile(values, 0.5).toFixed(1),
    quantile(values, 0.9).toFixed(1),
  ]
  const rows = [
    ...stages.map((stage) =>
      row(
        stage,
        samples.map(({ timings }) => timings[stage] ?? 0),
      ),
    ),
    row(
      'whole, CPU',
      samples.map(({ cpuMs }) => cpuMs),
    ),
  ]
  return `${machine()}\n${samples.length} verifications of one specimen, one worker\n${table(['stage', 'median ms', '90 % ms'], rows)}`
}
