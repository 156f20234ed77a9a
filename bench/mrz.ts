import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, PSM } from 'tesseract.js'
import sharp from '../src/image/codec.ts'
import { decodePicture, encodeJpeg, encodePng, type Picture } from '../src/image/index.ts'
import { createMrzReader, MRZ_ALPHABET, openSecondReader, readMrz } from '../src/mrz/index.ts'
import { openModels } from '../src/onnx/index.ts'
import { drawDataPage } from '../src/specimen/page/data-page.ts'
import { statePassport } from '../src/specimen/passport.ts'
import { cast } from '../src/specimen/person/index.ts'
import { machine, quantile, table } from './report.ts'
import { settle } from './settle.ts'

const ISSUED = new Date('2024-03-01T00:00:00Z')
const AT = new Date('2026-11-25T00:00:00Z')
const JPEG_QUALITY = 88
/** Degrees: such a page takes a second look. */
const SLANT = 20

interface Page {
  readonly jpeg: Uint8Array
  readonly picture: Picture
  /** The same, turned by `SLANT`. */
  readonly slanted: Picture
  readonly lines: readonly string[]
}

/** What one reader did with one page. */
interface Sample {
  readonly cpuMs: number
  readonly isExact: boolean
}

type Read = (page: Page) => Promise<readonly string[]>

interface Options {
  readonly repeats?: number
  /** Folders of generated pictures: measure something else instead. */
  readonly reliability?: string
  readonly guidance?: string
  readonly frames?: string
}

/**
 * Claim: what reading an MRZ costs after decoding, and how many pages are read to the last character, beside
 * tesseract.js on the same pages.
 *
 * Two-megapixel JPEGs of the cast's passports, straight from above, one at a time. CPU is user and system time of the
 * whole process, so that tesseract.js's own thread counts. Specimen pages are easy: what is read of photographs is
 * measured elsewhere.
 */
export async function benchMrz({ repeats = 3, reliability, guidance, frames }: Options = {}): Promise<string> {
  if (reliability) return (await import('./mrz/reliability.ts')).benchReliability(reliability)
  if (guidance) return (await import('./mrz/guidance.ts')).benchGuidance(guidance)
  if (frames) return (await import('./mrz/frames.ts')).benchFrames(frames)
  const pages = await drawPages()
  const models = await openModels({ roles: ['mrz-detection', 'mrz-recognition'] })
  const reader = createMrzReader(models)
  const second = await openSecondReader()
  const peer = await plainTesseract()
  const read = async (picture: Picture) => {
    const answer = await readMrz(picture, reader, AT)
    return answer.found ? answer.lines : []
  }
  /** The lines as our reader found and cut them; fillers are ours, so only the other characters are compared. */
  const readAgain: Read = async ({ picture, lines }) => {
    const seen = await reader.read(picture)
    return 'reason' in seen ? [] : (await second.read(picture, seen.place, lines)).lines
  }
  try {
    const rows = [
      describe('decoding the JPEG', await measure(pages, repeats, decoding)),
      describe('Genkend', await measure(pages, repeats, ({ picture }) => read(picture))),
      describe(
        `Genkend, pages turned by ${SLANT} degrees`,
        await measure(pages, repeats, ({ slanted }) => read(slanted)),
      ),
      describe('tesseract.js, on lines that Genkend rectified', await measure(pages, repeats, readAgain)),
      describe('tesseract.js, bottom third', await measure(pages, repeats, ({ picture }) => peer.read(picture))),
    ]
    return `${machine()}\n${pages.length} pages, ${repeats} times each\n${table(['', 'median CPU ms', '90 %', 'exact'], rows)}`
  } finally {
    await peer.close()
    await second.close()
    await models.close()
  }
}

async function drawPages(): Promise<Page[]> {
  const portrait = { width: 3, height: 4, data: new Uint8Array(36).fill(150) }
  return Promise.all(
    cast().map(async (person, i) => {
      const passport = statePassport(person, ISSUED, `bench-${i}`)
      const jpeg = await encodeJpeg(drawDataPage(passport, portrait), JPEG_QUALITY)
      const slanted = await decodePicture(await sharp(jpeg).rotate(SLANT, { background: 'grey' }).png().toBuffer())
      return { jpeg, picture: await decodePicture(jpeg), slanted, lines: passport.mrz }
    }),
  )
}

async function decoding({ jpeg, lines }: Page): Promise<readonly string[]> {
  await decodePicture(jpeg)
  return lines
}

/** tesseract.js as one would first use it: English, one block, the bottom third of the picture. */
async function plainTesseract(): Promise<{
  read(picture: Picture): Promise<readonly string[]>
  close(): Promise<void>
}> {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'))
  const worker = await createWorker('eng', undefined, { langPath: join(data, '4.0.0'), cacheMethod: 'none' })
  await worker.setParameters({
    tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
    tessedit_char_whitelist: MRZ_ALPHABET,
    user_defined_dpi: '300',
  })
  return {
    async read({ width, height, data: pixels }) {
      const top = Math.floor((height * 2) / 3)
      const third = await encodePng({ width, height: height - top, data: pixels.subarray(top * width * 3) })
      const { data: page } = await worker.recognize(Buffer.from(third))
      const lines = page.text.split('\n').map((line) => line.replaceAll(' ', ''))
      return lines.filter((line) => line.length >= 30)
    },
    async close() {
      await worker.terminate()
    },
  }
}

async function measure(pages: readonly Page[], repeats: number, read: Read): Promise<Sample[]> {
  await settle(async () => {
    for (const page of pages) await read(page)
  })
  const samples: Sample[] = []
  for (let i = 0; i < repeats; i++) {
    for (const page of pages) {
      const before = process.cpuUsage()
      const lines = await read(page)
      const { user, system } = process.cpuUsage(before)
      samples.push({ cpuMs: (user + system) / 1000, isExact: lines.join() === page.lines.join() })
    }
  }
  return samples
}

function describe(name: string, samples: readonly Sample[]): string[] {
  const costs = samples.map(({ cpuMs }) => cpuMs)
  const exact = samples.filter(({ isExact }) => isExact).length / samples.length
  return [name, quantile(costs, 0.5).toFixed(1), quantile(costs, 0.9).toFixed(1), `${Math.round(100 * exact)} %`]
}
