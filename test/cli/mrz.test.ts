import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { drawReading } from '../../src/cli/mrz-drawing.ts'
import { decodePicture } from '../../src/image/index.ts'
import { genkend } from '../whole/command.ts'

const PAGE = fileURLToPath(new URL('../fixtures/specimens/genuine-01/page.jpg', import.meta.url))

describe('genkend mrz', () => {
  it('answers once for frames of one document, with a second opinion, and draws what it found', async () => {
    const out = join(await mkdtemp(join(tmpdir(), 'genkend-')), 'reading.png')
    const ended = await genkend('mrz', '--json', '--same-document', '--second-opinion', '--show', out, PAGE, PAGE)
    expect(ended.status).toBe(0)
    const answer = JSON.parse(ended.stdout)
    expect(answer).toMatchObject({ files: [PAGE, PAGE], found: true, accepted: true, doubtful: [] })
    expect(answer.frames.map(({ use }: { use: string }) => use)).toEqual(['joined', 'joined'])
    expect(answer.confidences.documentNumber).toBeGreaterThan(0.99)
    expect(Math.min(...answer.secondOpinion.agreement)).toBeGreaterThan(0.8)
    expect((await decodePicture(await readFile(out))).width).toBe(1200)
  }, 120_000)
})

describe('the drawing of a reading', () => {
  it('shows the picture with the cells of its zone in colour, and below it what was read', async () => {
    const page = await decodePicture(await readFile(PAGE))
    const drawn = await drawReading(page)
    const scaled = (1200 / page.width) * page.height
    expect(drawn.height).toBeGreaterThan(scaled + 200)
    const greenness = (share: number) => {
      const at = (Math.round(scaled * share) * 1200 + 500) * 3
      return drawn.data[at + 1]! - drawn.data[at]!
    }
    // Between two lines of the zone nothing is coloured; on a line, paper turns green.
    expect(Math.max(...[0.795, 0.8, 0.805, 0.81, 0.815].map(greenness))).toBeGreaterThan(40)
    expect(greenness(0.3)).toBeLessThan(25)
  })

  it('says why where nothing was found', async () => {
    const empty = { width: 600, height: 400, data: new Uint8Array(600 * 400 * 3).fill(200) }
    const drawn = await drawReading(empty)
    expect(drawn.height).toBe(840)
    expect(drawn.data.subarray(1200 * 800 * 3).some((value) => value < 100)).toBe(true)
  })
})
