import type { Picture } from '../../src/image/index.ts'
import { Canvas } from '../../src/specimen/page/canvas.ts'
import { printText } from '../../src/specimen/page/typeface.ts'

/** A scanned page: light paper, something dark where a portrait is, and the lines in OCR-B at its lower edge. */
export function scannedPage(lines: readonly string[], pitch = 18): Picture {
  const width = Math.round((lines[0]!.length + 4) * pitch)
  const page = new Canvas(width, Math.round(width * 0.7))
  page.paint((x, y, into) => {
    const isPortrait = x < width * 0.3 && y > page.height * 0.1 && y < page.height * 0.5
    into.fill(isPortrait ? 150 : 225)
  })
  const size = pitch * 1.26
  for (const [i, line] of lines.entries()) {
    const baseline = page.height - (lines.length - i - 0.4) * pitch * 2.4
    printText(page, line, 2 * pitch, baseline, { typeface: 'ocr-b', size, pitch, colour: [30, 30, 34] })
  }
  return page
}
