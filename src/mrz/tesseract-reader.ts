import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, type Symbol as Glyph, type Line, PSM } from 'tesseract.js'
import { Fault } from '../check/index.ts'
import { type Area, encodePng, type Grey, type Picture, toGrey, toPicture } from '../image/index.ts'
import { MRZ_ALPHABET } from './alphabet.ts'
import type { MrzLines, MrzNotFound, MrzReader } from './reading.ts'
import { findTextLines } from './text-lines.ts'

/** Characters a line may have, by the number of lines. */
const COLUMNS: Readonly<Record<number, readonly number[]>> = { 2: [44, 36], 3: [30] }

/** So far from a format's length a line is taken for one whose fillers were miscounted; beyond, for other text. */
const MAX_MISCOUNT = 8

/**
 * General OCR as a first reader and a second opinion: tesseract.js in a thread of its own, English language data from
 * the npm package (nothing is fetched or cached). Reads level scans only. Its confidences are not calibrated, and low.
 */
export async function createTesseractReader(): Promise<MrzReader> {
  const data = dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'))
  const worker = await createWorker('eng', undefined, {
    langPath: join(data, '4.0.0_best_int'),
    cacheMethod: 'none',
    // Without a handler tesseract.js throws where nobody can catch it.
    errorHandler() {},
  }).catch((cause: unknown) => {
    throw new Fault('mrz-tesseract-missing', 'installation', 'tesseract.js does not start', { cause })
  })
  await worker.setParameters({
    tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
    tessedit_char_whitelist: MRZ_ALPHABET,
    load_system_dawg: '0',
    load_freq_dawg: '0',
  })
  return {
    async read(picture) {
      const grey = toGrey(picture)
      const areas = findTextLines(grey)
      if (!areas) return { reason: 'no-text-lines' }
      const image = await encodePng(cut(grey, around(areas)))
      const page = await worker.recognize(Buffer.from(image), {}, { blocks: true, text: false })
      const lines = (page.data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap((each) => each.lines))
      return fitted(lines.map(glyphsOf).filter((glyphs) => glyphs.length >= 30 - MAX_MISCOUNT))
    },
    async close() {
      await worker.terminate()
    },
  }
}

function around(areas: readonly Area[]): Area {
  const last = areas.at(-1)!
  const { left, top, width } = areas[0]!
  return { left, top, width, height: last.top + last.height - top }
}

function cut({ width, data }: Grey, area: Area): Picture {
  const rows = data.subarray(area.top * width, (area.top + area.height) * width)
  return toPicture({ width, height: area.height, data: rows })
}

function glyphsOf(line: Line): Glyph[] {
  return line.words.flatMap((word) => word.symbols).filter(({ text }) => MRZ_ALPHABET.includes(text))
}

/** Brings lines to the length of the format that they are nearest to. */
function fitted(lines: readonly Glyph[][]): MrzLines | MrzNotFound {
  const count = lines.length >= 3 && lines.at(-3)!.length <= 34 ? 3 : 2
  const chosen = lines.slice(-count)
  const longest = Math.max(0, ...chosen.map((glyphs) => glyphs.length))
  const columns = COLUMNS[chosen.length]?.find((each) => Math.abs(each - longest) <= MAX_MISCOUNT / 2)
  if (columns === undefined) return { reason: 'no-mrz-lines' }
  const rows = chosen.map((glyphs) => withLength(glyphs, columns))
  if (rows.some((row) => row === undefined)) return { reason: 'no-mrz-lines' }
  return {
    lines: rows.map((row) => row!.map(([character]) => character).join('')),
    confidences: rows.map((row) => row!.map(([, confidence]) => confidence)),
  }
}

/** Tesseract miscounts runs of fillers; the longest run gives or takes what the line has too few or too many of. */
function withLength(glyphs: readonly Glyph[], columns: number): [string, number][] | undefined {
  const cells = glyphs.map(({ text, confidence }): [string, number] => [text, confidence / 100])
  const missing = columns - cells.length
  if (missing === 0) return cells
  const run = longestFillerRun(cells)
  if (Math.abs(missing) > MAX_MISCOUNT || run.length < 2 || run.length + missing < 1) return undefined
  const guessed = Array.from({ length: run.length + missing }, (): [string, number] => ['<', 0.5])
  return [...cells.slice(0, run.start), ...guessed, ...cells.slice(run.start + run.length)]
}

function longestFillerRun(cells: readonly (readonly [string, number])[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < cells.length; start++) {
    let end = start
    while (cells[end]?.[0] === '<') end++
    if (end - start > best.length) best = { start, length: end - start }
    start = Math.max(start, end)
  }
  return best
}
