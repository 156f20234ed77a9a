import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { addToPack, listModels, type ModelSpec, openListed, openModels, readSpec } from '../../src/onnx/index.ts'
import { doubling, entryFor, shelf } from './tiny-model.ts'

let folder: string
let file: string
const bytes = doubling()

const { id: _, role: __, file: ___, sha256: ____, ...description } = entryFor('any', 'pad', bytes)
const spec = (id: string, more: Partial<ModelSpec> = {}): ModelSpec => ({ id, ...description, ...more })
const newPack = async () => join(await mkdtemp(join(tmpdir(), 'genkend-pack-')), 'pack')
const usage = (code: string) => expect.objectContaining({ code, kind: 'usage' })

beforeAll(async () => {
  const models = [entryFor('detector', 'face-detection', bytes), entryFor('first', 'face-recognition', bytes)]
  folder = await shelf({ models }, { 'detector.onnx': bytes, 'first.onnx': bytes })
  file = join(folder, 'detector.onnx')
})

describe('adding a model to the pack', () => {
  it('puts it in the place of the default', async () => {
    const pack = await newPack()
    await addToPack(pack, file, 'face-detection', spec('better'))
    const listed = await listModels({ folder, pack })
    expect(listed.map(({ entry, inUse }) => [entry.id, inUse])).toEqual([
      ['detector', false],
      ['first', true],
      ['better', true],
    ])
    for (const model of listed) await openListed(model)
  })

  it('replaces what the pack held for the role', async () => {
    const pack = await newPack()
    await addToPack(pack, file, 'face-detection', spec('one'))
    await addToPack(pack, file, 'face-detection', spec('two'))
    const models = await openModels({ folder, pack, cache: false, roles: ['face-detection'] })
    expect(models.all('face-detection').map(({ id }) => id)).toEqual(['two'])
    await models.close()
  })

  it('lets presentation detectors work together', async () => {
    const pack = await newPack()
    await addToPack(pack, file, 'pad', spec('near'))
    await addToPack(pack, file, 'pad', spec('far'))
    const models = await openModels({ folder, pack, cache: false, roles: ['pad'] })
    expect(models.all('pad').map(({ id }) => id)).toEqual(['near', 'far'])
    expect(models.fusion('pad')?.terms.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
    await models.close()
  })

  it('keeps the default that its fusion names', async () => {
    const pack = await newPack()
    const terms = ['own', 'first'].map((model) => ({ model, weight: 0.5, mean: 0, deviation: 1 }))
    await addToPack(pack, file, 'face-recognition', spec('own', { fusion: { terms, threshold: 1 } }))
    const models = await openModels({ folder, pack, cache: false, roles: ['face-recognition'] })
    expect(Object.keys(models.identities)).toEqual(['face-recognition/own', 'face-recognition/first'])
    await models.close()
  })

  it('refuses what it cannot use, and leaves the pack as it was', async () => {
    const pack = await newPack()
    await expect(addToPack(pack, join(folder, 'nowhere.onnx'), 'pad')).rejects.toEqual(usage('file-unreadable'))
    await expect(addToPack(pack, file, 'pad')).rejects.toEqual(usage('spec-needed'))
    await expect(addToPack(pack, file, 'face-recognition', spec('x'))).rejects.toEqual(usage('spec-incomplete'))
    const noModel = join(folder, 'manifest.json')
    await expect(addToPack(pack, noModel, 'pad', spec('x'))).rejects.toMatchObject({ code: 'model-unusable' })
    await expect(readFile(join(pack, 'manifest.json'))).rejects.toThrow()
  })
})

describe('a description by the user', () => {
  it('is read when it is complete, and refused by naming what is wrong', async () => {
    const path = join(folder, 'spec.json')
    await writeFile(path, JSON.stringify(spec('mine')))
    expect(await readSpec(path)).toEqual(spec('mine'))
    await writeFile(path, JSON.stringify({ ...spec('mine'), input: { width: 'wide' } }))
    await expect(readSpec(path)).rejects.toMatchObject({
      code: 'spec-invalid',
      message: expect.stringContaining('/input'),
    })
    await expect(readSpec(join(folder, 'none.json'))).rejects.toEqual(usage('spec-missing'))
  })
})
