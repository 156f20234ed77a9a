import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bundleTrust, unbundleTrust } from '../../src/engine/trust-bundle.ts'
import { readTrustFolder } from '../../src/engine/trust-folder.ts'
import { TrustFolders } from '../../src/engine/trust-folders.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trust-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function put(path: string, content = path): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true })
  await writeFile(join(folder, path), content)
}

const paths = async () => (await readTrustFolder(folder)).map(({ path }) => path)

it('reads what a trust store holds, in a fixed order, and nothing else', async () => {
  await put('crls/b.crl')
  await put('anchors/z.cer')
  await put('anchors/a.pem')
  await put('anchors/.gitkeep')
  await put('anchors/old/x.cer')
  await put('README.md')
  expect(await paths()).toEqual(['anchors/a.pem', 'anchors/z.cer', 'crls/b.crl'])
})

it('is empty when its folder is, and a fault when there is none', async () => {
  expect(await paths()).toEqual([])
  const missing = { code: 'trust-store-missing', kind: 'usage' }
  await expect(readTrustFolder(join(folder, 'nowhere'))).rejects.toMatchObject(missing)
})

it('loses a file that is too large or cannot be read, and keeps the rest', async () => {
  await put('anchors/good.cer')
  await put('anchors/huge.cer')
  await truncate(join(folder, 'anchors/huge.cer'), 40 * 1024 * 1024)
  await symlink('/nowhere', join(folder, 'anchors/dangling.cer'))
  const files = await readTrustFolder(folder)
  expect(files.map(({ path, bytes }) => [path, bytes.length])).toEqual([
    ['anchors/good.cer', 'anchors/good.cer'.length],
    ['anchors/huge.cer', 0],
  ])
})

it('refuses a store of too many bytes before reading it', async () => {
  for (let i = 0; i < 9; i++) {
    await put(`anchors/${i}.cer`)
    await truncate(join(folder, `anchors/${i}.cer`), 32 * 1024 * 1024)
  }
  await expect(readTrustFolder(folder)).rejects.toMatchObject({ code: 'trust-store-too-large', kind: 'too-large' })
})

it('travels as one piece of shared memory', () => {
  const files = [
    { path: 'anchors/Ö.cer', bytes: new Uint8Array([1, 2, 3]) },
    { path: 'anchors/empty.cer', bytes: new Uint8Array(0) },
    { path: 'crls/a.crl', bytes: new Uint8Array([4]) },
  ]
  const bundle = bundleTrust(files)
  expect(bundle.bytes.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(unbundleTrust(bundle).map(({ path, bytes }) => ({ path, bytes: new Uint8Array(bytes) }))).toEqual(files)
  expect(bundleTrust([...files].reverse()).id).not.toBe(bundle.id)
})

it('is read again only after it has changed', async () => {
  const folders = new TrustFolders()
  await put('anchors/a.cer', 'one')
  const first = await folders.bundle(folder)
  expect(await folders.bundle(folder)).toBe(first)
  await put('anchors/a.cer', 'two')
  const second = await folders.bundle(folder)
  expect(second.id).not.toBe(first.id)
})
