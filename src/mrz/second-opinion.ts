import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Fault } from '../check/index.ts'
import { encodePng, type Grey, type Picture, toPicture } from '../image/index.ts'
import { MRZ_ALPHABET } from './alphabet.ts'
import { rectifyLine, STRIP_HEIGHT, STRIP_MARGIN, STRIP_PITCH, type Strip } from './network/rectify-lines.ts'
import type { ZonePlace } from './network/sighting.ts'

/** What general OCR makes of the lines that were read, character by character. */
export interface SecondOpinion {
  /** As long as ours; a space where nothing was seen, fillers where ours has them. */
  readonly lines: readonly string[]
  /** Line by line: the share (0 to 1) of the characters, fillers aside, that it reads as we do. */
  readonly agreement: readonly number[]
}

export interface SecondReader {
  /** Reads the lines again that were read as `lines` at this place. */
  read(picture: Picture, place: ZonePlace, lines: readonly string[]): Promise<SecondOpinion>
  close(): Promise<void>
}

/** Strips are shown so many times larger: 24 pixels a character read best. */
const ZOOM = 1.5
/** Rows at the top and the bottom of a strip that may hold print of the neighbouring lines. */
const NEIGHBOURS = 4

interface Symbol {
  readonly text: string
  readonly bbox: { readonly x0: number; readonly x1: number }
}

/**
 * Starts tesseract.js in a thread of its own, with the English language data of its npm package: nothing is fetched or
 * cached, and nothing is loaded before. It knows no OCR-B and makes letters of fillers, so it is shown paper where we
 * read fillers and asked about the rest. Throws the fault `second-opinion-missing` (installation) when it does not start.
 */
export async function openSecondReader(): Promise<SecondReader> {
  const worker = await startTesseract()
  return {
    async read(picture, place, lines) {
      const seen: string[] = []
      for (const [row, { line, pacing }] of place.lines.entries()) {
        const strip = rectifyLine(picture, place.view, line, place.columns, pacing)
        const page = await encodePng(toPicture(enlarged(withoutFillers(strip, lines[row]!))))
        const { data } = await worker.recognize(Buffer.from(page), {}, { blocks: true, text: false })
        const symbols = (data.blocks ?? []).flatMap((block) =>
          block.paragraphs.flatMap((part) => part.lines.flatMap((each) => each.words.flatMap((word) => word.symbols))),
        )
        seen.push(inCells(symbols, lines[row]!))
      }
      return { lines: seen, agreement: seen.map((line, row) => agreementOf(line, lines[row]!)) }
    },
    async close() {
      await worker.terminate()
    },
  }
}

async function startTesseract() {
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
    const { createWorker, PSM } = await import('tesseract.js')
    const worker = await createWorker('eng', undefined, options, config)
    await worker.setParameters({
      tessedit_char_whitelist: MRZ_ALPHABET.replace('<', ''),
      tessedit_pageseg_mode: PSM.SINGLE_LINE,
      user_defined_dpi: '300',
    })
    return worker
  } catch (cause) {
    throw new Fault('second-opinion-missing', 'installation', 'tesseract.js does not start', { cause })
  }
}

/** The strip in grey, paper where the line's fillers, its neighbours and its margins are. */
function withoutFillers({ width, data }: Strip, line: string): Grey {
  const paper = data.toSorted()[Math.floor(data.length * 0.7)]!
  const grey = new Uint8Array(data.length)
  for (let y = 0; y < STRIP_HEIGHT; y++) {
    const isOutside = y < NEIGHBOURS || y >= STRIP_HEIGHT - NEIGHBOURS
    for (let x = 0; x < width; x++) {
      const character = line[Math.floor(x / STRIP_PITCH) - STRIP_MARGIN] ?? '<'
      const value = isOutside || character === '<' ? paper : data[y * width + x]!
      grey[y * width + x] = Math.max(0, Math.min(255, 190 + 55 * value))
    }
  }
  return { width, height: STRIP_HEIGHT, data: grey }
}

function enlarged({ width, height, data }: Grey): Grey {
  const large = { width: Math.round(width * ZOOM), height: Math.round(height * ZOOM) }
  const out = new Uint8Array(large.width * large.height)
  for (let y = 0; y < large.height; y++) {
    const v = Math.max(0, Math.min(height - 1.001, (y + 0.5) / ZOOM - 0.5))
    for (let x = 0; x < large.width; x++) {
      const u = Math.max(0, Math.min(width - 1.001, (x + 0.5) / ZOOM - 0.5))
      const at = Math.floor(v) * width + Math.floor(u)
      const [right, below] = [u % 1, v % 1]
      const upper = data[at]! * (1 - right) + data[at + 1]! * right
      const lower = data[at + width]! * (1 - right) + data[at + width + 1]! * right
      out[y * large.width + x] = upper * (1 - below) + lower * below
    }
  }
  return { ...large, data: out }
}

/** The symbols put into the cells in which their middles lie. */
function inCells(symbols: readonly Symbol[], line: string): string {
  const cells = Array.from(line, (character): string => (character === '<' ? '<' : ' '))
  for (const { text, bbox } of symbols) {
    const cell = Math.floor((bbox.x0 + bbox.x1) / 2 / ZOOM / STRIP_PITCH) - STRIP_MARGIN
    if (cells[cell] === ' ' && MRZ_ALPHABET.includes(text)) cells[cell] = text
  }
  return cells.join('')
}

function agreementOf(seen: string, line: string): number {
  const read = [...line].flatMap((character, cell) => (character === '<' ? [] : [cell]))
  const same = read.filter((cell) => seen[cell] === line[cell])
  return read.length === 0 ? 1 : same.length / read.length
}
