import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runBatch } from '../../src/batch/index.ts'
import { Fault } from '../../src/check/index.ts'
import type { Engine, VerifyOptions } from '../../src/engine/types.ts'
import type { VerificationEvidence } from '../../src/verification/evidence.ts'

let folder: string
let calls: { evidence: VerificationEvidence; options: VerifyOptions | undefined }[]

/** Answers every verification with its id, and remembers what it was asked. */
const engine = {
  verify: async (evidence: VerificationEvidence, options?: VerifyOptions) => {
    calls.push({ evidence, options })
    if (evidence.id === 'refused') throw new Fault('image-damaged', 'malformed', 'no picture')
    if (evidence.id === 'broken') throw new TypeError('a bug that names Anna Maria Eriksson')
    return { result: { verdict: 'accepted', id: evidence.id }, timings: { chip: 1 } }
  },
} as unknown as Engine

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'genkend-batch-'))
  calls = []
})

const paths = () => ({ manifest: join(folder, 'manifest.jsonl'), out: join(folder, 'results.jsonl') })
const run = (lines: readonly unknown[], options: { resume?: boolean } = {}) => {
  writeFileSync(
    paths().manifest,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return runBatch(engine, { ...paths(), concurrency: 3, ...options })
}
const results = () =>
  readFileSync(paths().out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('a batch', () => {
  it('answers every line once, whatever is wrong with some', async () => {
    const totals = await run([
      { id: 'a' },
      'no json',
      { id: 'b', page: 'missing.jpg' },
      '',
      { id: 'refused' },
      { id: 'broken' },
      { id: 'c', page: 7 },
      { page: 'x' },
      { id: 'd' },
    ])
    expect(totals).toMatchObject({ total: 8, done: 8, errors: 6, verdicts: { accepted: 2 } })
    expect(Object.fromEntries(results().map(({ id, error }) => [id, error?.code ?? 'ok']))).toEqual({
      a: 'ok',
      'line-2': 'line-no-json',
      b: 'file-unreadable',
      refused: 'image-damaged',
      broken: 'internal',
      c: 'line-malformed',
      'line-8': 'line-malformed',
      d: 'ok',
    })
  })

  it('lets no name out with an error', async () => {
    await run([{ id: 'broken' }])
    expect(readFileSync(paths().out, 'utf8')).not.toContain('Eriksson')
  })

  it('goes on where an earlier run was cut off, in the middle of a line even', async () => {
    writeFileSync(paths().out, '{"id":"a","result":{}}\n{"id":"b","resu')
    const totals = await run([{ id: 'a' }, { id: 'b' }, { id: 'c' }], { resume: true })
    expect(totals).toMatchObject({ done: 2, skipped: 1 })
    expect(
      results()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b', 'c'])
  })

  it('starts anew without --resume', async () => {
    writeFileSync(paths().out, '{"id":"a","result":{}}\n')
    await run([{ id: 'b' }])
    expect(results().map(({ id }) => id)).toEqual(['b'])
  })

  it('hands over the files and options that a line names, relative to the manifest', async () => {
    writeFileSync(join(folder, 'page.jpg'), 'page')
    writeFileSync(join(folder, 'EF_SOD.bin'), 'sod')
    writeFileSync(join(folder, 'notes.txt'), 'ignored')
    const activeAuthentication = { challenge: '0011223344556677', response: 'ABcd' }
    await run([
      {
        id: 'a',
        page: 'page.jpg',
        chip: '.',
        selfie: [{ file: 'page.jpg', time: 40 }],
        challenge: { nonce: '00', steps: [{ kind: 'turn-left', at: 1500 }] },
        activeAuthentication,
        at: '2026-11-24T12:00:00Z',
        trust: 'trust',
        policy: 'chip',
        tolerant: true,
        expect: { verdict: 'accepted' },
      },
    ])
    const { evidence, options } = calls[0]!
    expect(Buffer.from(evidence.page!).toString()).toBe('page')
    expect(Object.keys(evidence.chip!.files)).toEqual(['EF_SOD'])
    expect(evidence.chip!.activeAuthentication!.response).toEqual(new Uint8Array([0xab, 0xcd]))
    expect(evidence.selfie![0]!.time).toBe(40)
    expect(evidence.challenge!.steps[0]!.kind).toBe('turn-left')
    expect(options).toMatchObject({
      lane: 'batch',
      policy: 'chip',
      tolerant: true,
      trust: join(folder, 'trust'),
      at: new Date('2026-11-24T12:00:00Z'),
    })
  })

  it('hands over both kinds of chip authentication, and how the reader opened the chip', async () => {
    const agreement = {
      ...{ protocol: '0.4.0.127.0.7.2.2.3.2.2', cipher: 'aes128', keyId: null, terminalPrivateKey: '30' },
      ...{ sendSequenceCounter: '02', responseApdu: '9000' },
    }
    const mapping = {
      ...{ protocol: '0.4.0.127.0.7.2.2.4.6.2', parameterId: 13, nonce: '0a', terminalMappingPrivateKey: '0b' },
      ...{ chipMappingPublicKey: '0c', terminalPrivateKey: '0d', chipPublicKey: '0e', authenticationToken: '0f' },
      encryptedChipAuthenticationData: '10',
    }
    await run([
      { id: 'a', chipAuthentication: agreement, access: 'bac' },
      { id: 'b', chipAuthentication: mapping, access: '0.4.0.127.0.7.2.2.4.6.2' },
    ])
    const [first, second] = calls.map(({ evidence }) => evidence.chip!)
    expect(first).toMatchObject({
      access: 'bac',
      chipAuthentication: { cipher: 'aes128', responseApdu: new Uint8Array([0x90, 0]) },
    })
    expect(second).toEqual({
      files: {},
      access: '0.4.0.127.0.7.2.2.4.6.2',
      chipAuthentication: {
        ...{ protocol: '0.4.0.127.0.7.2.2.4.6.2', parameterId: 13 },
        ...{ nonce: new Uint8Array([10]), terminalMappingPrivateKey: new Uint8Array([11]) },
        ...{ chipMappingPublicKey: new Uint8Array([12]), terminalPrivateKey: new Uint8Array([13]) },
        ...{ chipPublicKey: new Uint8Array([14]), authenticationToken: new Uint8Array([15]) },
        encryptedChipAuthenticationData: new Uint8Array([16]),
      },
    })
  })

  it.each([
    [{ activeAuthentication: { challenge: 'zz', response: '' } }, 'active-authentication-malformed'],
    [{ chipAuthentication: { protocol: 'x' } }, 'chip-authentication-malformed'],
    [{ chipAuthentication: { protocol: '0.4.0.127.0.7.2.2.4.6.2', nonce: '00' } }, 'chip-authentication-malformed'],
    [{ chip: {}, access: 'skeleton key' }, 'access-malformed'],
    [{ challenge: { nonce: '00', steps: [{ kind: 'dance', at: 0 }] } }, 'challenge-malformed'],
    [{ tolerant: 'very' }, 'line-malformed'],
    [{ at: 'yesterday' }, 'moment-malformed'],
    [{ policy: { name: 'mine' } }, 'policy-malformed'],
    [{ chip: { DG99: 'x' } }, 'chip-file-unknown'],
    [{ page: '.' }, 'file-unreadable'],
  ])('names what is wrong with %j', async (members, code) => {
    await run([{ id: 'a', ...members }])
    expect(results()).toEqual([{ id: 'a', error: { code } }])
  })
})
