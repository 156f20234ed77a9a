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

/** General OCR knows no OCR-B; of what it is sure of, about so much is right, and less among these look-alikes. */
const MOST_CONFIDENT = 0.9
const LOOK_ALIKE_CONFIDENT = 0.6
const LOOK_ALIKES = '0ODQ1I2Z5S8B'
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
  const seen = await recognise(worker, { width: area.width, height: area.height, data: rows }, PSM.SINGLE_LINE)
  const cells: Cell[] = []
  for (const word of wordsOf(glyphs)) {
    const [left, right] = [word[0]!.left, word.at(-1)!.right]
    const inside = seen.filter(({ bbox: { x0, x1 } }) => (x0 + x1) / 2 >= left && (x0 + x1) / 2 <= right)
    if (word[0]!.isFiller) cells.push(...word.map(() => ({ character: '<', confidence: FILLER_CONFIDENCE })))
    else if (inside.length === word.length) cells.push(...inside.map(cellOf))
    else cells.push(...(await readWord(worker, grey, area, word)))
  }
  return cells
}

/** Reads a word by itself. When not as many characters are seen as it has glyphs, none of them can be relied on. */
async function readWord(worker: Worker, grey: Grey, area: Area, word: readonly GlyphBox[]): Promise<Cell[]> {
  const margin = area.height >> 1
  const left = Math.max(0, word[0]!.left - margin)
  const width = Math.min(grey.width, word.at(-1)!.right + margin) - left
  const data = new Uint8Array(width * area.height)
  for (let y = 0; y < area.height; y++) {
    for (let x = 0; x < width; x++) {
      const isWord = left + x >= word[0]!.left - 1 && left + x <= word.at(-1)!.right
      data[y * width + x] = isWord ? grey.data[(area.top + y) * grey.width + left + x]! : 255
    }
  }
  const seen = await recognise(worker, { width, height: area.height, data }, PSM.SINGLE_WORD)
  if (seen.length === word.length) return seen.map(cellOf)
  return word.map((_, i) => ({ character: seen[i] ? cellOf(seen[i]).character : '<', confidence: 0 }))
}

async function recognise(worker: Worker, image: Grey, mode: PSM): Promise<Seen[]> {
  await worker.setParameters({ tessedit_pageseg_mode: mode })
  const png = await encodePng(toPicture(image))
  const { data } = await worker.recognize(Buffer.from(png), {}, { blocks: true, text: false })
  return (data.blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines))
    .flatMap(({ words }) => words.flatMap(({ symbols }) => symbols))
}

function cellOf({ text, confidence }: Seen): Cell {
  if (text.length !== 1 || !MRZ_ALPHABET.includes(text)) return { character: '<', confidence: 0 }
  const most = LOOK_ALIKES.includes(text) ? LOOK_ALIKE_CONFIDENT : MOST_CONFIDENT
  return { character: text, confidence: (most * confidence) / 100 }
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
