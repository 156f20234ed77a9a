import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openModels } from '../../src/onnx/index.ts'
import { doubling, entryFor, shelf } from './tiny-model.ts'

const bytes = doubling()
const entry = entryFor('mesh', 'face-mesh', bytes)
const whole = () => shelf({ models: [entry] }, { 'mesh.onnx': bytes })
const input = Float32Array.from({ length: 12 }, (_, i) => i)
const twice = Array.from(input, (value) => 2 * value)

/** What a user of the set sees of its one model. */
async function runFrom(folder: string, cache: string | false) {
  const models = await openModels({ folder, pack: '', cache })
  const outputs = await models.all('face-mesh')[0]!.run(input)
  await models.close()
  return Array.from(outputs.y!.data)
}

const fault = (code: string) => expect.objectContaining({ code, kind: 'installation' })

describe('opening models', () => {
  it('verifies, loads and names them', async () => {
    const models = await openModels({ folder: await whole(), pack: '', cache: false })
    const [model] = models.all('face-mesh')
    expect(model).toMatchObject({ id: 'mesh', inputShape: [1, 3, 2, 2], sha256: entry.sha256 })
    expect(Array.from((await model!.run(input)).y!.data)).toEqual(twice)
    expect(models.all('pad')).toEqual([])
    expect(models.identities).toEqual({ 'face-mesh': `sha256:${entry.sha256}` })
    await models.close()
  })

  it('names several models of one role apart, and loads the asked roles alone', async () => {
    const pad = ['near', 'far'].map((id) => entryFor(id, 'pad', bytes))
    const folder = await shelf({ models: [...pad, entry] }, { 'near.onnx': bytes, 'far.onnx': bytes })
    const models = await openModels({ folder, pack: '', cache: false, roles: ['pad'] })
    expect(Object.keys(models.identities)).toEqual(['pad/near', 'pad/far'])
    await models.close()
  })

  it('refuses an altered file, a missing one, and one that is no model', async () => {
    const altered = bytes.map((byte, index) => (index === 40 ? byte ^ 1 : byte))
    const open = (folder: string) => openModels({ folder, pack: '', cache: false })
    await expect(open(await shelf({ models: [entry] }, { 'mesh.onnx': altered }))).rejects.toEqual(
      fault('model-altered'),
    )
    await expect(open(await shelf({ models: [entry] }, {}))).rejects.toEqual(fault('model-missing'))
    const noise = new Uint8Array(100).fill(7)
    const noModel = await shelf({ models: [entryFor('mesh', 'face-mesh', noise)] }, { 'mesh.onnx': noise })
    await expect(open(noModel)).rejects.toEqual(fault('model-unusable'))
  })

  it('refuses a model that cannot take the input its manifest describes', async () => {
    const wide = { ...entry, input: { ...entry.input, width: 5 } }
    const folder = await shelf({ models: [wide] }, { 'mesh.onnx': bytes })
    await expect(openModels({ folder, pack: '', cache: false })).rejects.toEqual(fault('model-unusable'))
  })

  it('refuses a manifest that is missing, no JSON, or leads out of its folder', async () => {
    const open = (folder: string) => openModels({ folder, pack: '', cache: false })
    await expect(open(join(tmpdir(), 'no-such-folder'))).rejects.toEqual(fault('manifest-missing'))
    const broken = await shelf({}, {})
    await writeFile(join(broken, 'manifest.json'), '{"models": [')
    await expect(open(broken)).rejects.toEqual(fault('manifest-invalid'))
    const outside = await shelf({ models: [{ ...entry, file: '../mesh.onnx' }] }, {})
    await expect(open(outside)).rejects.toEqual(fault('manifest-invalid'))
  })
})

describe('the cache of optimised copies', () => {
  const newCache = () => mkdtemp(join(tmpdir(), 'genkend-cache-'))

  it('is filled by the first and read by the next', async () => {
    const [folder, cache] = [await whole(), await newCache()]
    expect(await runFrom(folder, cache)).toEqual(twice)
    const [copy] = await readdir(cache)
    expect(copy).toContain(entry.sha256)
    expect(await runFrom(folder, cache)).toEqual(twice)
    expect(await readdir(cache)).toEqual([copy])
  })

  it('survives a damaged copy, a race, and a place where nothing can be written', async () => {
    const [folder, cache] = [await whole(), await newCache()]
    expect(await Promise.all([1, 2, 3].map(() => runFrom(folder, cache)))).toEqual([twice, twice, twice])
    const [copy, ...others] = await readdir(cache)
    expect(others).toEqual([])
    await writeFile(join(cache, copy!), 'damaged')
    expect(await runFrom(folder, cache)).toEqual(twice)
    const file = join(cache, 'file')
    await writeFile(file, '')
    expect(await runFrom(folder, join(file, 'below'))).toEqual(twice)
  })

  it.skipIf(process.platform === 'win32')('is left alone where others could write to it', async () => {
    const [folder, cache] = [await whole(), await newCache()]
    await chmod(cache, 0o777)
    expect(await runFrom(folder, cache)).toEqual(twice)
    expect(await readdir(cache)).toEqual([])
  })
})
