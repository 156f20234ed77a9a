import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ManifestLine } from '../../src/batch/index.ts'
import { readEvidence } from '../../src/batch/index.ts'
import { Fault } from '../../src/check/index.ts'
import { createEngine, type Engine } from '../../src/engine/index.ts'
import { encodePng, type Picture } from '../../src/image/index.ts'
import type { VerificationEvidence } from '../../src/verification/index.ts'
import { form, type RunningService, serve } from '../http/service.ts'
import { genkend } from './command.ts'
import { AT, SPECIMENS, specimenLine, TRUST } from './specimen.ts'

const folder = mkdtempSync(join(tmpdir(), 'genkend-bad-'))
const genuine = specimenLine()
const PAGE = join(SPECIMENS, genuine.page!)
const CHIP = join(SPECIMENS, genuine.chip as string)
const TWO_PERSONS = join(SPECIMENS, '../persons/two-persons.jpg')

/** A file of the test's own, by its path. */
function file(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

/** The genuine chip's files with some changed; undefined takes one away. */
function chip(name: string, changes: Readonly<Record<string, Uint8Array | undefined>>): string {
  mkdirSync(join(folder, name))
  for (const original of readdirSync(CHIP)) {
    const bytes = original in changes ? changes[original] : readFileSync(join(CHIP, original))
    if (bytes) writeFileSync(join(folder, name, original), bytes)
  }
  return join(folder, name)
}

/** A JPEG whose header claims other dimensions (SOF0: marker, length, precision, height, width). */
function claiming(width: number, height: number): Uint8Array {
  const jpeg = Buffer.from(readFileSync(PAGE))
  const frame = [0xc0, 0xc2].map((marker) => jpeg.indexOf(Buffer.of(0xff, marker, 0, 17))).find((at) => at > 0)!
  jpeg.writeUInt16BE(height, frame + 5)
  jpeg.writeUInt16BE(width, frame + 7)
  return jpeg
}

const grey = (width: number, height: number): Picture => ({
  width,
  height,
  data: new Uint8Array(3 * width * height).fill(128),
})

/** `30 80` again and again: each opens another level. */
const nested = Buffer.concat([Buffer.from('7782', 'hex'), Buffer.of(0x40, 0), Buffer.alloc(0x4000, '3080', 'hex')])

type Case = readonly [name: string, evidence: Partial<ManifestLine>, policy: string, expected: string]

async function cases(): Promise<readonly Case[]> {
  const page = readFileSync(PAGE)
  return [
    // No evidence could be opened: an error with its code.
    ['truncated', { page: file('truncated.jpg', page.subarray(0, page.length / 2)) }, 'page', 'error image-damaged'],
    ['empty', { page: file('empty.jpg', '') }, 'page', 'error image-empty'],
    ['wrong-type', { page: file('page.pdf', '%PDF-1.7 and so on') }, 'page', 'error image-type-unsupported'],
    [
      'heic',
      { page: file('page.heic', Buffer.from('0000001866747970686569630000000000000000', 'hex')) },
      'page',
      'error image-heic-unsupported',
    ],
    ['huge', { page: file('huge.jpg', claiming(20_000, 13_000)) }, 'page', 'error image-too-large'],
    [
      'selfie-damaged',
      { chip: CHIP, selfie: file('no-picture.jpg', 'no picture') },
      'passport-match',
      'error image-type-unsupported',
    ],
    ['unknown-policy', { page: PAGE }, 'passport-plus', 'error policy-unknown'],
    // It could: a check with its code.
    ['nothing', {}, 'passport-match', 'mrz.found/page-missing'],
    ['sod-empty', { chip: chip('sod-empty', { 'EF_SOD.bin': new Uint8Array(0) }) }, 'chip', 'chip.structure/'],
    ['no-mrz', { page: file('grey.png', await encodePng(grey(900, 600))) }, 'page', 'mrz.found/mrz-not-found'],
    [
      'no-face',
      { chip: CHIP, selfie: file('wall.png', await encodePng(grey(480, 600))) },
      'passport-match',
      'face.capture/no-face',
    ],
    ['two-faces', { chip: CHIP, selfie: TWO_PERSONS }, 'passport-match', 'face.capture/several-faces'],
    ['no-selfie', { chip: CHIP }, 'passport-match', 'face.capture/selfie-missing'],
    ['no-sod', { chip: chip('no-sod', { 'EF_SOD.bin': undefined }) }, 'chip', 'chip.sodSignature/no-ef-sod'],
    [
      'no-chip-files',
      {
        chip: chip('nothing', Object.fromEntries(readdirSync(CHIP).map((name) => [name, undefined]))),
      },
      'chip',
      'chip.structure/',
    ],
    ['nested', { chip: chip('nested', { 'EF_SOD.bin': nested }) }, 'chip', 'chip.structure/der-too-deep'],
    [
      'lying-length',
      { chip: chip('lying', { 'EF_SOD.bin': Buffer.from('7784ffffffff3003', 'hex') }) },
      'chip',
      'chip.structure/der-truncated',
    ],
    [
      'dg1-cut',
      { chip: chip('cut', { 'EF_DG1.bin': readFileSync(join(CHIP, 'EF_DG1.bin')).subarray(0, 40) }) },
      'chip',
      'chip.structure/der-truncated',
    ],
    [
      'dg2-noise',
      { chip: chip('noise', { 'EF_DG2.bin': Buffer.alloc(5000, 0x75) }) },
      'chip',
      'chip.dataGroupHashes/data-group-hash-mismatch',
    ],
  ]
}

let table: readonly Case[]
let engine: Engine
let service: RunningService

beforeAll(async () => {
  table = await cases()
  engine = await createEngine({ trust: TRUST, workers: 1 })
})

afterAll(() => engine.close())

/** `error CODE`, or the reasons of the result. */
const inShort = (answer: { error?: { code: string }; result?: { reasons: readonly string[] } }): string =>
  answer.error ? `error ${answer.error.code}` : answer.result!.reasons.join(' ')

describe('bad input gets its code', () => {
  it('from the library, and in time', async () => {
    for (const [name, paths, policy, expected] of table) {
      const evidence = await readEvidence(paths, folder)
      const started = performance.now()
      const answer = await engine.verify(evidence, { policy, at: AT }).then(
        ({ result }) => inShort({ result }),
        (error) => inShort({ error: Fault.record(error) }),
      )
      expect(`${name}: ${answer}`).toContain(expected)
      if (expected.startsWith('error')) expect(performance.now() - started).toBeLessThan(5000)
    }
  })

  it('from the command line', async () => {
    const manifest = file(
      'manifest.jsonl',
      table.map(([id, paths, policy]) => JSON.stringify({ id, ...paths, policy, at: AT.toISOString() })).join('\n'),
    )
    const out = join(folder, 'results.jsonl')
    const batch = await genkend('batch', manifest, '--out', out, '--trust', TRUST, '--workers', '1', '--json')
    expect(batch.status).toBe(0)
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
    const answers = new Map(lines.map((line) => JSON.parse(line)).map((answer) => [answer.id, inShort(answer)]))
    for (const [name, , , expected] of table) expect(`${name}: ${answers.get(name)}`).toContain(expected)
  })

  it('over HTTP, and the service goes on', async () => {
    service = await serve(engine)
    for (const [name, paths, policy, expected] of table) {
      const answer = await overHttp(await readEvidence(paths, folder), policy)
      expect(`${name}: ${answer}`).toContain(expected)
    }
    expect((await fetch(`${service.origin}/readyz`)).status).toBe(200)
  })

  it('as exit status and one line', async () => {
    const ended = await Promise.all([
      genkend('verify', '--page', file('e.jpg', ''), '--policy', 'page'),
      genkend('verify', '--page', PAGE, '--policy', 'nonsense'),
      genkend('verify', '--page', PAGE, '--policy', 'page', '--trust', join(folder, 'nowhere')),
      genkend('verify', '--frobnicate'),
    ])
    expect(ended.map(({ status }) => status)).toEqual([65, 64, 64, 64])
    expect(ended[0]!.stderr).toMatch(/^genkend: .*\(image-empty\)\n$/)
    expect(ended[1]!.stderr).toMatch(/^genkend: .*\(policy-unknown\)\n$/)
  })
})

async function overHttp({ page, chip, selfie }: VerificationEvidence, policy: string): Promise<string> {
  const body = form({
    ...(page ? { page } : {}),
    ...((chip?.files ?? {}) as Record<string, Uint8Array>),
    ...(selfie ? { selfie: selfie.map(({ bytes }) => bytes) } : {}),
    request: { policy },
  })
  const response = await fetch(`${service.origin}/v1/verifications`, { method: 'POST', body })
  const answer = (await response.json()) as { code: string; reasons: readonly string[] }
  return response.ok ? inShort({ result: answer }) : inShort({ error: answer })
}
