import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContentInfo, SignedData } from 'pkijs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvidence, readManifestLine } from '../../src/batch/index.ts'
import { openTrustStore, verifyChip } from '../../src/chip/index.ts'
import { readTrustFolder } from '../../src/engine/trust-folder.ts'
import { pictureSize } from '../../src/image/index.ts'
import { parseMrz } from '../../src/mrz/index.ts'
import { FORGERIES, issueSpecimens, type Photographer } from '../../src/specimen/index.ts'

const AT = new Date('2026-11-23T12:00:00Z')

/** Plain grey pictures, one shade a person: what is drawn in them is not the issuer's concern. */
const photographer: Photographer = { portrait: grey, selfie: grey }

function grey({ seed }: { seed: number }) {
  return { width: 48, height: 60, data: new Uint8Array(48 * 60 * 3).fill(seed % 200) }
}

interface Line {
  readonly id: string
  readonly page: string
  readonly selfie: readonly { readonly file: string; readonly time: number }[]
  readonly challenge: unknown
  readonly expect: { readonly verdict: string; readonly reasons: readonly string[] }
}

let folder: string
let lines: readonly Line[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genkend-specimens-'))
  await issueSpecimens(folder, { count: 2, at: AT, photographer })
  lines = await manifestOf(folder)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function manifestOf(place: string): Promise<Line[]> {
  const text = await readFile(join(place, 'manifest.jsonl'), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const evidenceOf = (line: Line) => readEvidence(readManifestLine(JSON.stringify(line)), folder)

async function reportOf(line: Line) {
  const { chip } = await evidenceOf(line)
  return verifyChip(chip!, openTrustStore(await readTrustFolder(join(folder, 'trust'))), AT)
}

describe('issued specimens', () => {
  it('are two genuine passports and every forgery, each with what it should come to', () => {
    const expected = lines.map(({ id, expect: { verdict, reasons } }) => [
      id.replace(/-\d\d/, ''),
      verdict,
      reasons.length,
    ])
    expect(expected).toEqual([
      ['genuine', 'accepted', 0],
      ['genuine', 'accepted', 0],
      ...FORGERIES.map(({ name, expect }) => [`forged-${name}`, expect.verdict, 1]),
    ])
  })

  it.each([0, 1])('carry a chip that is genuine in every respect and gave proof (passport %i)', async (index) => {
    const { checks, deviations, mrz, details } = await reportOf(lines[index]!)
    const open = Object.entries(checks).filter(([, { status }]) => status !== 'passed')
    expect(open.map(([check]) => check)).toEqual(['chip.chipAuthentication'])
    expect(deviations).toEqual([])
    expect(parseMrz(mrz!, AT).valid).toBe(true)
    expect(details).toHaveProperty('dg11')
  })

  it('are signed with curves and with RSA', async () => {
    const algorithms = await Promise.all(
      lines
        .slice(0, 2)
        .map(async (line) => (await reportOf(line)).checks['chip.sodSignature'].evidence.signatureAlgorithm),
    )
    expect(algorithms).toEqual(['1.2.840.10045.4.3.2', '1.2.840.113549.1.1.11'])
  })

  const onTheChip = [
    'altered-dg1',
    'swapped-face',
    'foreign-signer',
    'flipped-signature',
    'cloned-chip',
    'revoked-signer',
  ]
  it.each(onTheChip)('fail the chip check that %s is made to fail', async (name) => {
    const line = lines.find(({ id }) => id.endsWith(name))!
    const { checks } = await reportOf(line)
    const wrong = Object.entries(checks)
      .filter(([, { status }]) => status === 'failed' || status === 'indeterminate')
      .map(([check, { code }]) => `${check}/${code}`)
    expect(wrong).toContain(line.expect.reasons[0])
    // A signature that does not hold takes the chip's own key with it.
    if (name !== 'flipped-signature') expect(wrong).toHaveLength(1)
  })

  it('pass every chip check when the cheat is elsewhere', async () => {
    for (const name of ['other-person', 'replayed-challenge', 'page-differs', 'expired']) {
      const { checks } = await reportOf(lines.find(({ id }) => id.endsWith(name))!)
      expect(Object.values(checks).filter(({ status }) => status === 'failed')).toEqual([])
    }
  })

  it('come with a page of two megapixels and with frames that share one clock', async () => {
    for (const line of lines) {
      const { page, selfie, challenge } = await evidenceOf(line)
      const { width, height } = pictureSize(page!)
      expect(width * height).toBeGreaterThan(2e6)
      expect(selfie!.length).toBeGreaterThan(12)
      expect(selfie!.map(({ time }) => time)).toEqual(selfie!.map((_, i) => 280 * i))
      expect(challenge!.steps[0]).toEqual({ kind: 'look-ahead', at: 0 })
    }
  })

  it('are the same for the same seed and moment, but for keys and signatures', async () => {
    const other = await mkdtemp(join(tmpdir(), 'genkend-specimens-'))
    try {
      await issueSpecimens(other, { count: 1, genuine: true, at: AT, photographer })
      const [line] = await manifestOf(other)
      expect([line!.id, line!.selfie, line!.challenge]).toEqual([lines[0]!.id, lines[0]!.selfie, lines[0]!.challenge])
      for (const file of ['page.jpg', 'chip/EF_COM.bin', 'chip/EF_DG1.bin', 'chip/EF_DG2.bin', 'chip/EF_DG11.bin']) {
        expect(await readFile(join(other, line!.id, file))).toEqual(await readFile(join(folder, line!.id, file)))
      }
    } finally {
      await rm(other, { recursive: true, force: true })
    }
  })

  it('refuse a number that is none', async () => {
    await expect(issueSpecimens(folder, { count: 0 })).rejects.toMatchObject({ code: 'specimen-count', kind: 'usage' })
  })
})

describe('a second opinion', () => {
  it.each([0, 1])('pkijs reads EF.SOD and finds its signature right (passport %i)', async (index) => {
    const { chip } = await evidenceOf(lines[index]!)
    const sod = Buffer.from(chip!.files.EF_SOD!)
    const content = sod.subarray(sod[1] === 0x82 ? 4 : 3)
    const { content: signed } = ContentInfo.fromBER(Uint8Array.from(content).buffer)
    const signedData = new SignedData({ schema: signed })
    expect(await signedData.verify({ signer: 0, checkChain: false })).toBe(true)
  })
})
