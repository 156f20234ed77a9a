import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { readEvidence, readManifestLine } from '../src/batch/index.ts'
import { printVerification } from '../src/cli/verification-report.ts'
import { createEngine } from '../src/engine/index.ts'
import { decodePicture, encodeJpeg } from '../src/image/index.ts'
import { Canvas, type Colour } from '../src/specimen/page/canvas.ts'
import { fillContours } from '../src/specimen/page/coverage.ts'
import { printText } from '../src/specimen/page/typeface.ts'

/**
 * Draws the README's picture: a specimen's page, some frames of its holder's performance, and what `genkend verify` prints.
 *
 *     npm run picture
 */
const SPECIMENS = fileURLToPath(new URL('../test/fixtures/specimens', import.meta.url))
const PICTURE = new URL('verification.jpg', import.meta.url)

const [WIDTH, HEIGHT, EDGE] = [1500, 900, 20]
const PAGE = { left: EDGE, top: EDGE, width: 830, height: 599 }
const FRAME = { top: 640, width: 192, height: 240, apart: 21 }
const FRAMES = 4
const TEXT = { left: 880, top: 44, line: 27, size: 19, columns: 64 }

const GROUND: Colour = [27, 32, 40]
const PLAIN: Colour = [222, 226, 230]
const WHITE: Colour = [255, 255, 255]
/** By the terminal's codes: red, green, yellow, grey. */
const INKS: Readonly<Record<string, Colour>> = {
  '31': [240, 110, 110],
  '32': [122, 214, 140],
  '33': [230, 200, 110],
  '90': [142, 150, 160],
}

/** A piece of a printed line in one style. */
interface Span {
  readonly text: string
  readonly colour: Colour
  readonly isBold: boolean
}

async function draw(): Promise<void> {
  const [line] = (await readFile(`${SPECIMENS}/manifest.jsonl`, 'utf8')).split('\n')
  const { at, ...entry } = readManifestLine(line!)
  const evidence = await readEvidence(entry, SPECIMENS)
  const canvas = new Canvas(WIDTH, HEIGHT)
  canvas.paint((_x, _y, into) => into.set(GROUND))
  canvas.printPicture(await decodePicture(evidence.page!), PAGE, () => 1)
  await printFrames(
    canvas,
    evidence.selfie!.map(({ bytes }) => bytes),
  )

  const engine = await createEngine({ trust: `${SPECIMENS}/trust`, workers: 1 })
  try {
    const { result } = await engine.verify(evidence, at ? { at: new Date(at) } : {})
    for (const [i, printed] of (await printedLines(() => printVerification(result, {}))).entries())
      printSpans(canvas, spansOf(printed), TEXT.top + i * TEXT.line)
  } finally {
    await engine.close()
  }
  await writeFile(PICTURE, await encodeJpeg(canvas, 88))
}

async function printFrames(canvas: Canvas, frames: readonly Uint8Array[]): Promise<void> {
  for (let i = 0; i < FRAMES; i++) {
    const frame = await decodePicture(frames[Math.floor((i * (frames.length - 1)) / (FRAMES - 1))]!)
    const left = EDGE + i * (FRAME.width + FRAME.apart)
    canvas.printPicture(frame, { left, top: FRAME.top, width: FRAME.width, height: FRAME.height }, () => 1)
  }
}

/** What `print` writes to a terminal, as lines with its colours. */
async function printedLines(print: () => void): Promise<string[]> {
  const { write, isTTY } = process.stdout
  const written: string[] = []
  process.stdout.isTTY = true
  process.stdout.write = (text: string | Uint8Array) => written.push(String(text)) > 0
  try {
    print()
  } finally {
    process.stdout.write = write
    process.stdout.isTTY = isTTY
  }
  return written.join('').trimEnd().split('\n')
}

/** Takes the terminal's codes out of a line; what is too long ends in an ellipsis. */
function spansOf(line: string): Span[] {
  const spans: Span[] = []
  let [colour, isBold, room] = [PLAIN, false, TEXT.columns]
  for (const styled of `0m${line}`.split('\u001b[')) {
    const [codes = ''] = styled.split('m', 1)
    const text = styled.slice(codes.length + 1)
    for (const code of codes.split(';')) {
      if (code === '1') isBold = true
      else if (code === '22') isBold = false
      else if (code === '0') [colour, isBold] = [PLAIN, false]
      else colour = INKS[code] ?? PLAIN
    }
    const fitting = text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text
    if (room > 0 && fitting) spans.push({ text: fitting, colour, isBold })
    room -= text.length
  }
  return spans
}

function printSpans(canvas: Canvas, spans: readonly Span[], baseline: number): void {
  const pitch = TEXT.size / 2
  let left = TEXT.left
  for (const { text, colour, isBold } of spans) {
    const ink = isBold && colour === PLAIN ? WHITE : colour
    const bold = isBold ? { bold: 0.7 } : {}
    printText(canvas, text.replace('✓', ' '), left, baseline, {
      typeface: 'sans',
      size: TEXT.size,
      colour: ink,
      pitch,
      ...bold,
    })
    // The typeface has no tick.
    if (text === '✓') canvas.print(fillContours([tick(left, baseline)]), ink)
    left += pitch * text.length
  }
}

function tick(x: number, y: number): number[] {
  const corners = [0, -5, 1.7, -6.3, 3.9, -3, 9, -12.5, 10.6, -11.4, 4.1, 0.3]
  return corners.map((value, i) => value + (i % 2 === 0 ? x : y))
}

await draw()
