import { Fault } from '../../src/check/index.ts'
import { createFaceAnalyser, type FaceAnalyser, type FaceGeometry } from '../../src/face/index.ts'
import type { Picture } from '../../src/image/index.ts'
import { type Model, type ModelSet, openModels, type Role } from '../../src/onnx/index.ts'
import { quantile, table } from '../report.ts'
import { settle } from '../settle.ts'
import { openHuman } from './peers.ts'

/** What a verification looks at, decoded. */
export interface Capture {
  readonly portrait: Picture
  readonly frames: readonly Picture[]
  /** How many of the frames are glanced at. */
  readonly glances: number
}

/** Milliseconds of CPU: as measured, of the bare model runs in it, and the most it may cost. */
interface Row {
  readonly name: string
  readonly measured: number
  readonly bare: number
  readonly bound?: number
}

/**
 * Claim: what the faces of one verification cost once pictures are decoded, beside the model runs in it, below which
 * nothing can go, and beside the pipeline of `human` on the same pictures (WebAssembly): detector and mesh on every frame,
 * descriptors of the portrait and of one frame. CPU is that of the whole process; medians.
 */
export async function measureFaceCost(capture: Capture, repeats: number): Promise<string> {
  const models = await openModels({ roles: ['face-detection', 'face-mesh', 'face-recognition'] })
  try {
    const rows = await costs(models, capture, repeats)
    const human = await costOfHuman(capture, Math.min(repeats, 5))
    const lines = rows.map(({ name, measured, bare, bound }) => [
      name,
      measured.toFixed(1),
      bare.toFixed(1),
      bound ?? '',
    ])
    return [
      table(['faces, decoded pictures', 'CPU ms', 'models alone', 'at most'], lines),
      human === undefined
        ? 'human is not installed: it comes with the development dependencies'
        : `human on the same pictures: ${human.toFixed(0)} ms, ${(human / rows.at(-1)!.measured).toFixed(1)} times as much`,
    ].join('\n')
  } finally {
    await models.close()
  }
}

async function costs(models: ModelSet, { portrait, frames, glances }: Capture, repeats: number): Promise<Row[]> {
  const faces = createFaceAnalyser(models)
  const frame = frames[0]!
  const geometry = await located(faces, frame)
  const locate = await medianCpu(repeats, () => faces.locate(frame))
  const glance = await medianCpu(repeats, () => faces.glance(frame, geometry))
  const selfie = await medianCpu(repeats, () => faces.analyse(frame))
  const best = await medianCpu(repeats, () => faces.analyse(frame, geometry))
  const pair = selfie + (await medianCpu(repeats, () => faces.analyse(portrait)))

  const once = async (role: Role) => bareRuns(models.all(role), repeats)
  const finding = (await once('face-detection')) + (await once('face-mesh'))
  const describing = await once('face-recognition')
  const glancers = models.fusion('face-recognition')?.glance?.terms.map(({ model }) => model)
  const all = models.all('face-recognition')
  const glancing = await bareRuns(glancers ? all.filter(({ id }) => glancers.includes(id)) : all, repeats)
  const wholly = describing * 2 // and the mirrored copies
  return [
    { name: 'portrait and selfie', measured: pair, bare: 2 * (finding + wholly), bound: 40 },
    { name: 'a frame of a challenge', measured: locate, bare: finding, bound: 12 },
    { name: 'a glance at a located face', measured: glance, bare: glancing },
    {
      name: `a verification: portrait, ${frames.length} frames, ${glances} glances`,
      measured: pair - selfie + frames.length * locate + glances * glance + best,
      bare: (frames.length + 1) * finding + glances * glancing + 2 * wholly,
    },
  ]
}

async function located(faces: FaceAnalyser, picture: Picture): Promise<FaceGeometry> {
  const geometry = await faces.locate(picture)
  if ('reason' in geometry) throw new Error(`the bench's picture shows ${geometry.reason}`)
  return geometry
}

async function bareRuns(models: readonly Model[], repeats: number): Promise<number> {
  let sum = 0
  for (const model of models) {
    const { width, height } = model.input
    const input = Float32Array.from({ length: 3 * width * height }, (_, i) => Math.sin(i))
    sum += await medianCpu(repeats, () => model.run(input, [1, 3, height, width]))
  }
  return sum
}

async function costOfHuman({ portrait, frames }: Capture, repeats: number): Promise<number | undefined> {
  const human = await openHuman().catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'peer-missing') return undefined
    throw error
  })
  if (!human) return undefined
  return medianCpu(repeats, async () => {
    await human.describe(portrait)
    for (const frame of frames.slice(1)) await human.locate(frame)
    await human.describe(frames[0]!)
  }).finally(() => human.close())
}

async function medianCpu(repeats: number, work: () => Promise<unknown>): Promise<number> {
  await settle(work)
  const samples: number[] = []
  for (let i = 0; i < repeats; i++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    samples.push((user + system) / 1000)
  }
  return quantile(samples, 0.5)
}
