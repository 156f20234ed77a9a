import { createHash } from 'node:crypto'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { faceCommand } from '../../src/cli/face.ts'
import { createEngine } from '../../src/engine/index.ts'

const PERSONS = join(import.meta.dirname, '../fixtures/persons')

/** Runs `genkend face ...` in this process; the lines of its output, parsed. */
async function face(...argv: string[]): Promise<Record<string, unknown>[]> {
  const written: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0)
  try {
    await faceCommand().parseAsync(['node', 'face', ...argv, '--workers', '1', '--json'])
  } finally {
    write.mockRestore()
  }
  return written
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('genkend face --calibrate', () => {
  const person = (name: string) => join(PERSONS, `${name}.jpg`)
  const strangers = { a: person('elin-portrait'), b: person('samuel-selfie'), same: false, subset: 'studio' }
  const same = { a: person('elin-portrait'), b: person('elin-selfie'), same: true, subset: 'studio' }
  let folder: string
  let out: string
  let calibration: Record<string, unknown>

  const list = async (name: string, pairs: readonly object[]) => {
    await writeFile(join(folder, name), JSON.stringify(pairs))
    return join(folder, name)
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'genkend-calibrate-'))
    out = join(folder, 'calibration.json')
    // The same few pairs again and again stand for many: what is compared here are files, not persons.
    const pairs = await list('own.json', [...Array.from({ length: 300 }, () => strangers), same])
    calibration = (await face('--pairs', pairs, '--calibrate', out))[0]!
  })

  it('writes what it found to the file', async () => {
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(calibration)
    expect(calibration).toMatchObject({ decision: { falseMatch: { count: 0, trials: 300 } } })
  })

  it('decides from then on, where the file is given', async () => {
    const decided = await face('--pairs', await list('pairs.json', [strangers, same]), '--calibration', out)
    expect(decided.map(({ match }) => match)).toEqual([false, true])
    expect(decided[1]!.falseMatchRate).toBeCloseTo(0.01, 9)
  })

  it('is named by the engine beside its models', async () => {
    const engine = await createEngine({ calibration: out, workers: 1 })
    const { models } = engine.status
    await engine.close()
    expect(models['face-calibration']).toBe(
      `sha256:${createHash('sha256')
        .update(await readFile(out))
        .digest('hex')}`,
    )
    expect(models).toMatchObject((calibration as { models: object }).models)
  })

  it('refuses pairs without labels, and a calibration that is none', async () => {
    const unlabelled = await list('unlabelled.json', [{ a: person('elin-portrait'), b: person('elin-selfie') }])
    await expect(face('--pairs', unlabelled, '--calibrate', join(folder, 'out.json'))).rejects.toMatchObject({
      code: 'pairs-unlabelled',
    })
    await expect(
      face(person('elin-portrait'), person('elin-selfie'), '--calibration', unlabelled),
    ).rejects.toMatchObject({
      code: 'calibration-invalid',
    })
    await expect(face(person('elin-portrait'), person('elin-selfie'), '--calibration', folder)).rejects.toMatchObject({
      code: 'calibration-unreadable',
    })
  })
})
