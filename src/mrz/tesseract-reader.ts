import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, PSM, type Symbol as Seen, type Worker } from 'tesseract.js'
import { Fault } from '../check/index.ts'
import { type Area, encodePng, type Grey, toGrey, toPicture } from '../image/index.ts'
import { MRZ_ALPHABET } from './alphabet.ts'
import { cutGlyphs, type GlyphBox } from './glyphs.ts'
import type { MrzReader } from './reading.ts'
import { findTextLines } from './text-lines.ts'

/** Characters a line may have, by the number of lines. */
const COLUMNS: Readonly<Record<number, readonly number[]>> = { 2: [44, 36], 3: [30] }

/** General OCR knows no OCR-B; what it is sure of is right about so often. */
const MOST_CONFIDENT = 0.9
/** A filler told by its shape. */
const FILLER_CONFIDENCE = 0.98

interface Cell {
  readonly character: string
  readonly confidence: number
}

/**
 * General OCR as a first reader and a second opinion: tesseract.js in a thread of its own, English language data from
 * the npm package (nothing is fetched or cached). Reads level scans with clear print only; throws
 * `mrz-tesseract-missing` when it does not start.
 */
export async function createTesseractReader(): Promise<MrzReader> {
  const worker = await startTesseract()
  return {
    async read(picture) {
      const grey = toGrey(picture)
      const lines = findTextLines(grey)?.map((area) => ({ area, glyphs: cutGlyphs(grey, area) }))
      if (!lines) return { reason: 'no-text-lines' }
      const columns = lines[0]!.glyphs.length
      if (!COLUMNS[lines.length]?.includes(columns)) return { reason: 'no-mrz-lines' }
      if (lines.some(({ glyphs }) => glyphs.length !== columns)) return { reason: 'no-mrz-lines' }
      const rows: Cell[][] = []
      for (const { area, glyphs } of lines) rows.push(await readLine(worker, grey, area, glyphs))
      return {
        lines: rows.map((row) => row.map(({ character }) => character).join('')),
        confidences: rows.map((row) => row.map(({ confidence }) => confidence)),
      }
    },
    async close() {
      await worker.terminate()
    },
  }
}

async function startTesseract(): Promise<Worker> {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'))
  const options = {
    langPath: join(data, '4.0.0_best_int'),
    cacheMethod: 'none',
    // Without a handler tesseract.js throws where nobody can catch it.
    errorHandler() {},
  }
  const dictionaries = { load_system_dawg: '0', load_freq_dawg: '0', load_unambig_dawg: '0', load_punc_dawg: '0' }
  const config = { ...dictionaries, load_number_dawg: '0', load_bigram_dawg: '0' }
  try {
    const worker = await createWorker('eng', undefined, options, config)
    await worker.setParameters({
      tessedit_pageseg_mode: PSM.SINGLE_LINE,
      tessedit_char_whitelist: MRZ_ALPHABET.replace('<', ''),
      user_defined_dpi: '300',
    })
    return worker
  } catch (cause) {
    throw new Fault('mrz-tesseract-missing', 'installation', 'tesseract.js does not start', { cause })
  }
}

/** Reads the words between the fillers of one line and puts them back into their cells. */
async function readLine(worker: Worker, grey: Grey, area: Area, glyphs: readonly GlyphBox[]): Promise<Cell[]> {
  const rows = withoutFillers(grey, area, glyphs)
  const image = await encodePng(toPicture({ width: area.width, height: area.height, data: rows }))
  const { data } = await worker.recognize(Buffer.from(image), {}, { blocks: true, text: false })
  const seen = (data.blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines))
    .flatMap(({ words }) => words.flatMap(({ symbols }) => symbols))
  const cells: Cell[] = []
  for (const word of wordsOf(glyphs)) {
    if (word[0]!.isFiller) cells.push(...word.map(() => ({ character: '<', confidence: FILLER_CONFIDENCE })))
    else cells.push(...spell(word, seen))
  }
  return cells
}

/** The line's rows with the paper's brightness where the fillers stood. */
function withoutFillers({ width, data }: Grey, area: Area, glyphs: readonly GlyphBox[]): Uint8Array {
  const rows = data.slice(area.top * width, (area.top + area.height) * width)
  const paper = rows.toSorted()[rows.length >> 1]!
  for (const { left, right, isFiller } of glyphs) {
    for (let y = 0; isFiller && y < area.height; y++) rows.fill(paper, y * width + left - 1, y * width + right + 1)
  }
  return rows
}

/** Stretches of fillers and of other characters, in turn. */
function wordsOf(glyphs: readonly GlyphBox[]): GlyphBox[][] {
  const words: GlyphBox[][] = []
  for (const glyph of glyphs) {
    if (words.at(-1)?.[0]?.isFiller === glyph.isFiller) words.at(-1)!.push(glyph)
    else words.push([glyph])
  }
  return words
}

/** As many characters as were seen where the word stands; when they are not as many as its glyphs, nobody can rely on it. */
function spell(word: readonly GlyphBox[], seen: readonly Seen[]): Cell[] {
  const [left, right] = [word[0]!.left, word.at(-1)!.right]
  const inside = seen.filter(({ bbox: { x0, x1 } }) => (x0 + x1) / 2 >= left && (x0 + x1) / 2 <= right)
  const isWhole = inside.length === word.length
  return word.map((glyph, i) => {
    const symbol = isWhole ? inside[i] : nearest(inside, (glyph.left + glyph.right) / 2)
    if (!symbol || !MRZ_ALPHABET.includes(symbol.text)) return { character: '<', confidence: 0 }
    return { character: symbol.text, confidence: isWhole ? (MOST_CONFIDENT * symbol.confidence) / 100 : 0.1 }
  })
}

function nearest(seen: readonly Seen[], centre: number): Seen | undefined {
  const distance = ({ bbox: { x0, x1 } }: Seen) => Math.abs((x0 + x1) / 2 - centre)
  return seen.toSorted((a, b) => distance(a) - distance(b))[0]
}
