import { readFile, writeFile } from 'node:fs/promises'
import { blurred, reflecting } from '../bench/mrz/degrade.ts'
import { drawReading } from '../src/cli/mrz-drawing.ts'
import { decodePicture, encodeJpeg, homography, type Picture } from '../src/image/index.ts'

/**
 * Draws what the reader finds in a poor photo of a specimen's page, as `genkend mrz --show` does:
 *
 *     node --import tsx docs/draw-mrz.ts
 */
const PAGE = new URL('../test/fixtures/specimens/genuine-01/page.jpg', import.meta.url)
const PICTURE = new URL('mrz.jpg', import.meta.url)

const [WIDTH, HEIGHT] = [840, 620]
/** Where the page's corners come to lie in the photo. */
const CORNERS = [
  { x: 60, y: 20 },
  { x: 800, y: 62 },
  { x: 834, y: 600 },
  { x: 14, y: 570 },
]
const BLUR = 1.35
const QUALITY = 80
/** The middle of a reflection, on the date of birth. */
const REFLECTION = [300, 491]

/** The page on a dark table, seen at a slant, out of focus, with a reflection on the lines. */
function photographed(page: Picture): Picture {
  const edges = [
    { x: 0, y: 0 },
    { x: page.width - 1, y: 0 },
    { x: page.width - 1, y: page.height - 1 },
    { x: 0, y: page.height - 1 },
  ]
  const [a, b, c, d, e, f, g, h, i] = homography(CORNERS, edges)
  const sharp = blurred(page, 0.9)
  const data = new Uint8Array(WIDTH * HEIGHT * 3)
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)]
    const w = g * x + h * y + i
    const [u, v] = [Math.round((a * x + b * y + c) / w), Math.round((d * x + e * y + f) / w)]
    const isPage = u >= 0 && v >= 0 && u < page.width && v < page.height
    const from = (v * page.width + u) * 3
    for (let k = 0; k < 3; k++) data[at * 3 + k] = isPage ? sharp.data[from + k]! * 0.85 : 46 + 4 * k
  }
  return reflecting(blurred({ width: WIDTH, height: HEIGHT, data }, BLUR), [REFLECTION], 34)
}

const drawn = await drawReading(photographed(await decodePicture(await readFile(PAGE))))
await writeFile(PICTURE, await encodeJpeg(drawn, QUALITY))
