import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { modelsCommand } from '../../src/cli/models.ts'
import { packagedModels } from '../../src/onnx/index.ts'

/** Runs `genkend models ...` in this process; the lines of its output, parsed. */
async function models(...argv: string[]): Promise<Record<string, unknown>[]> {
  const written: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0)
  try {
    await modelsCommand().parseAsync(['node', 'models', ...argv, '--json'])
  } finally {
    write.mockRestore()
  }
  return written
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

afterEach(() => {
  vi.unstubAllEnvs()
  process.exitCode = undefined
})

describe('genkend models', () => {
  it('lists where each model comes from and under what licence', async () => {
    const listed = await models('list')
    expect(listed.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['blazeface', 'facemesh', 'dlib-resnet', 'faceres']),
    )
    for (const model of listed) {
      expect(model.licence).toBeTruthy()
      expect(model.origin).toBeTruthy()
      expect(model.sha256).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('names the set that the false-match rates come from', async () => {
    const recognisers = (await models('list')).filter(({ role }) => role === 'face-recognition')
    for (const { inUse, calibration } of recognisers) if (inUse) expect(calibration).toContain('LFW')
    expect(recognisers.some(({ inUse }) => inUse)).toBe(true)
  })

  it('finds everything there and whole after an installation', async () => {
    expect((await models('build')).every(({ state }) => state === 'present')).toBe(true)
    expect((await models('check')).every(({ ok }) => ok)).toBe(true)
    expect(process.exitCode).toBeUndefined()
  })

  it('adds a described model to the pack, which then serves the role', async () => {
    vi.stubEnv('GENKEND_MODELS', join(await mkdtemp(join(tmpdir(), 'genkend-pack-')), 'pack'))
    const spec = join(import.meta.dirname, 'fixtures', 'spec.json')
    const file = join(packagedModels(), 'built', 'blazeface.onnx')
    expect(await models('add', file, '--role', 'face-detection', '--spec', spec)).toMatchObject([{ id: 'my-detector' }])
    const inUse = (await models('list')).filter(({ role, inUse }) => role === 'face-detection' && inUse)
    expect(inUse.map(({ id, shelf }) => [id, shelf])).toEqual([['my-detector', 'pack']])
  })

  it('asks for the folder of the pack when none is named', async () => {
    vi.stubEnv('GENKEND_MODELS', '')
    await expect(models('add', 'any.onnx', '--role', 'pad')).rejects.toMatchObject({
      code: 'pack-not-named',
      kind: 'usage',
    })
  })
})
