import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { faceCommand } from '../../src/cli/face.ts'

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
  let folder: string
  const person = (name: string) => join(PERSONS, `${name}.jpg`)
  const list = async (name: string, pairs: readonly object[]) => {
    await writeFile(join(folder, name), JSON.stringify(pairs))
    return join(folder, name)
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'genkend-calibrate-'))
  })

  it('writes what then decides, and names it', async () => {
    // The same few pairs again and again stand for many: what is compared here are files, not persons.
    const strangers = { a: person('elin-portrait'), b: person('samuel-selfie'), same: false, subset: 'studio' }
    const same = { a: person('elin-portrait'), b: person('elin-selfie'), same: true, subset: 'studio' }
    const pairs = await list('own.json', [...Array.from({ length: 300 }, () => strangers), same])
    const out = join(folder, 'calibration.json')
    const [calibration] = await face('--pairs', pairs, '--calibrate', out)
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(calibration)
    expect(calibration).toMatchObject({ decision: { falseMatch: { count: 0, trials: 300 } } })

    const decided = await face('--pairs', await list('pairs.json', [strangers, same]), '--calibration', out)
    expect(decided.map(({ match }) => match)).toEqual([false, true])
    expect(decided[1]!.falseMatchRate).toBeCloseTo(0.01, 9)
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
