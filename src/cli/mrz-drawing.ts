import type { Picture } from '../image/index.ts'
import { createMrzReader, judgeMrz, type MrzReading } from '../mrz/index.ts'
import { type Decoded, decodeEvidence } from '../mrz/network/decode-evidence.ts'
import { STRIP_HEIGHT, STRIP_MARGIN, STRIP_PITCH, sampleLine } from '../mrz/network/rectify-lines.ts'
import { cellQuads, type Quad, type ZonePlace, zoneQuad } from '../mrz/network/sighting.ts'
import { openModels } from '../onnx/index.ts'
import { Canvas, type Colour } from '../specimen/page/canvas.ts'
import { fillContours } from '../specimen/page/coverage.ts'
import { printText } from '../specimen/page/typeface.ts'

const WIDTH = 1200
const PAPER: Colour = [250, 250, 248]
const INK: Colour = [34, 38, 46]
const FAINT: Colour = [120, 124, 132]
const ZONE: Colour = [0, 110, 230]
const CHANGED: Colour = [150, 0, 160]
/** From sure to doubtful, with the chance of error at which each colour stands. */
const SCALE: readonly (readonly [error: number, colour: Colour])[] = [
  [1e-4, [22, 150, 84]],
  [1e-2, [150, 170, 30]],
  [5e-2, [240, 160, 20]],
  [3e-1, [214, 40, 40]],
]
/** Height of one line's strip, with what was read below it. */
const STRIP_ROW = 100
const FIELD_ROW = 30

/** A picture with what was found in it: zone and cells above; the lines cut out, what was read, the fields below. */
export async function drawReading(picture: Picture): Promise<Picture> {
  const models = await openModels({ roles: ['mrz-detection', 'mrz-recognition'] })
  try {
    const reader = createMrzReader(models)
    const seen = await reader.read(picture)
    const decoded = 'evidence' in seen ? decodeEvidence(seen.evidence, reader.calibration) : undefined
    const scale = WIDTH / picture.width
    const height = Math.round(picture.height * scale)
    const reading = decoded && judgeMrz(decoded, new Date())
    const fields = reading ? fieldsOf(reading) : []
    const rows = decoded ? decoded.lines.length * STRIP_ROW + Math.ceil(fields.length / 2) * FIELD_ROW + 70 : 40
    const canvas = new Canvas(WIDTH, height + rows)
    canvas.paint((_x, _y, into) => into.set(PAPER))
    canvas.printPicture(picture, { left: 0, top: 0, width: WIDTH, height }, () => 1)
    if (decoded && reading && seen.place) {
      drawZone(canvas, seen.place, decoded, scale)
      drawLines(canvas, picture, seen.place, decoded, height)
      drawFields(canvas, reading, fields, height + decoded.lines.length * STRIP_ROW)
    } else {
      write(canvas, 'reason' in seen ? seen.reason : 'mrz-unreadable', 20, height + 28, 20, INK)
    }
    return canvas
  } finally {
    await models.close()
  }
}

function drawZone(canvas: Canvas, place: ZonePlace, { characters }: Decoded, scale: number): void {
  const scaled = (quad: Quad) => quad.map(([x, y]) => [(x + 0.5) * scale, (y + 0.5) * scale] as const)
  cellQuads(place).forEach((cells, row) => {
    cells.forEach((quad, column) => {
      const outline = scaled(quad).flat()
      canvas.print(fillContours([outline]), colourOf(characters[row]![column]!), 0.35)
    })
  })
  const corners = scaled(zoneQuad(place))
  corners.forEach((corner, i) => {
    drawStroke(canvas, corner, corners[(i + 1) % 4]!, 3, ZONE)
  })
}

function drawStroke(
  canvas: Canvas,
  a: readonly [number, number],
  b: readonly [number, number],
  thick: number,
  colour: Colour,
) {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  const [x, y] = [((b[1] - a[1]) / length) * (thick / 2), (-(b[0] - a[0]) / length) * (thick / 2)]
  canvas.print(fillContours([[a[0] + x, a[1] + y, b[0] + x, b[1] + y, b[0] - x, b[1] - y, a[0] - x, a[1] - y]]), colour)
}

/** Every line as it was cut out, and below each character what it was read as. */
function drawLines(canvas: Canvas, picture: Picture, place: ZonePlace, decoded: Decoded, top: number): void {
  const pitch = WIDTH / (place.columns + 2 * STRIP_MARGIN)
  const high = Math.round((STRIP_HEIGHT * pitch) / STRIP_PITCH)
  place.lines.forEach(({ line, pacing }, row) => {
    const strip = pictureOf(sampleLine(picture, place.view, line, place.columns, pacing))
    const y = top + row * STRIP_ROW + 8
    canvas.printPicture(strip, { left: 0, top: y, width: WIDTH, height: high }, () => 1)
    const baseline = y + high + pitch * 1.15
    for (const [column, character] of [...decoded.lines[row]!].entries()) {
      const left = (column + STRIP_MARGIN) * pitch
      const colour = colourOf(decoded.characters[row]![column]!)
      printText(canvas, character, left, baseline, { typeface: 'ocr-b', size: pitch * 1.35, pitch, colour })
      canvas.print(fillContours([rectangle(left + 1, baseline + 4, pitch - 2, 4)]), colour)
    }
    for (const { column, read } of decoded.corrections.filter((each) => each.line === row + 1)) {
      const left = (column - 1 + STRIP_MARGIN) * pitch
      const corners = [
        [left, y],
        [left + pitch, y],
        [left + pitch, baseline + 10],
        [left, baseline + 10],
      ] as const
      corners.forEach((corner, i) => {
        drawStroke(canvas, corner, corners[(i + 1) % 4]!, 2, CHANGED)
      })
      write(canvas, `not ${read}`, left - 4, baseline + 24, 13, CHANGED)
    }
  })
}

interface Field {
  readonly name: string
  readonly text: string
  readonly confidence: number
}

function fieldsOf({ document, confidences }: MrzReading): Field[] {
  const texts = document as unknown as Readonly<Record<string, string>>
  return Object.entries(confidences).map(([name, confidence]) => ({ name, text: texts[name] ?? '', confidence }))
}

function drawFields(canvas: Canvas, reading: MrzReading, fields: readonly Field[], top: number): void {
  const rows = Math.ceil(fields.length / 2)
  fields.forEach(({ name, text, confidence }, i) => {
    const [left, y] = [20 + (i < rows ? 0 : WIDTH / 2), top + 30 + (i % rows) * FIELD_ROW]
    write(canvas, name, left, y, 19, FAINT)
    write(canvas, text, left + 180, y, 21, INK)
    canvas.print(fillContours([rectangle(left + 440, y - 12, 60 * confidence, 12)]), colourOf(confidence))
    write(canvas, confidence.toFixed(3), left + 510, y - 1, 16, FAINT)
  })
  const verdict = reading.accepted ? 'may be relied on' : 'may not be relied on'
  const y = top + rows * FIELD_ROW + 46
  write(canvas, `${reading.format}, ${verdict}, confidence ${reading.confidence.toFixed(3)}`, 20, y, 21, INK)
  let left = 620
  for (const [error, colour] of SCALE) {
    canvas.print(fillContours([rectangle(left, y - 14, 18, 18)]), colour)
    write(canvas, `${Number((100 - error * 100).toFixed(2))} % sure`, left + 26, y, 16, FAINT)
    left += 145
  }
}

/** Interpolated on the scale by the chance of error. */
function colourOf(confidence: number): Colour {
  const error = Math.log(Math.max(1 - confidence, 1e-9))
  const above = SCALE.findIndex(([mark]) => error <= Math.log(mark))
  if (above === 0) return SCALE[0]![1]
  if (above < 0) return SCALE.at(-1)![1]
  const [[from, a], [to, b]] = [SCALE[above - 1]!, SCALE[above]!]
  const share = (error - Math.log(from)) / (Math.log(to) - Math.log(from))
  return [0, 1, 2].map((i) => a[i]! + (b[i]! - a[i]!) * share) as unknown as Colour
}

function rectangle(left: number, top: number, width: number, height: number): number[] {
  return [left, top, left + width, top, left + width, top + height, left, top + height]
}

function write(canvas: Canvas, text: string, x: number, y: number, size: number, colour: Colour): void {
  printText(canvas, text, x, y, { typeface: 'sans', size, colour })
}

function pictureOf(strip: Float32Array): Picture {
  const data = new Uint8Array(strip.length * 3)
  strip.forEach((value, i) => {
    data.fill(Math.max(0, Math.min(255, value)), i * 3, i * 3 + 3)
  })
  return { width: strip.length / STRIP_HEIGHT, height: STRIP_HEIGHT, data }
}
