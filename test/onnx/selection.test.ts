import { describe, expect, it } from 'vitest'
import type { Manifest, ManifestEntry } from '../../src/onnx/index.ts'
import { select } from '../../src/onnx/index.ts'

const entry = (id: string, role: ManifestEntry['role']): ManifestEntry => ({
  id,
  role,
  file: `${id}.onnx`,
  sha256: '0'.repeat(64),
  origin: '',
  licence: '',
  input: { width: 1, height: 1, channels: 'rgb', mean: [0], deviation: [1], crop: { kind: 'other' } },
  output: { kind: 'descriptor' },
})

const term = (model: string) => ({ model, weight: 0.5, mean: 0, deviation: 1 })

const defaults = {
  folder: '/package',
  manifest: {
    models: [entry('mesh', 'face-mesh'), entry('first', 'face-recognition'), entry('second', 'face-recognition')],
    fusion: { 'face-recognition': { terms: [term('first'), term('second')] } },
  } satisfies Manifest,
}

const pack = (manifest: Manifest) => ({ folder: '/pack', manifest })

const paths = (selection: ReturnType<typeof select>) => selection.models.map(({ path }) => path)

describe('which models serve a role', () => {
  it('are the defaults without a pack, and the role is empty when nothing serves it', () => {
    expect(paths(select('face-recognition', defaults, undefined))).toEqual([
      '/package/first.onnx',
      '/package/second.onnx',
    ])
    expect(paths(select('pad', defaults, undefined))).toEqual([])
  })

  it('are those of the pack in place of the defaults, other roles staying as they are', () => {
    const shelf = pack({ models: [entry('other', 'face-recognition')], fusion: {} })
    expect(paths(select('face-recognition', defaults, shelf))).toEqual(['/pack/other.onnx'])
    expect(paths(select('face-mesh', defaults, shelf))).toEqual(['/package/mesh.onnx'])
  })

  it('keep a default that the fusion of the pack names beside its own', () => {
    const fusion = { 'face-recognition': { terms: [term('other'), term('first')] } }
    const shelf = pack({ models: [entry('other', 'face-recognition')], fusion })
    expect(paths(select('face-recognition', defaults, shelf))).toEqual(['/pack/other.onnx', '/package/first.onnx'])
  })

  it('are refused when a fusion names a model that is nowhere', () => {
    const fusion = { 'face-recognition': { terms: [term('nowhere')] } }
    const shelf = pack({ models: [entry('other', 'face-recognition')], fusion })
    expect(() => select('face-recognition', defaults, shelf)).toThrow(
      expect.objectContaining({ code: 'manifest-invalid', kind: 'installation' }),
    )
  })
})
