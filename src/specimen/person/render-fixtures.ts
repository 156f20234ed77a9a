#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeJpeg, type Picture } from '../../image/index.ts'
import { cast, renderPortrait, renderSelfie } from './index.ts'

/** Renders the pictures of fictitious persons that the tests use: `npm run fixtures`. Argument: the folder to write to. */
const [folder = 'test/fixtures/persons'] = process.argv.slice(2)
const PORTRAIT = { width: 320, height: 400 }
const SELFIE = { width: 360, height: 450 }
const SMALL = { width: 260, height: 325 }
const QUALITY = 85

const [elin, samuel] = [cast()[0]!, cast()[3]!]
const pictures: Record<string, () => Picture> = {
  'elin-portrait': () => renderPortrait(elin, PORTRAIT),
  'elin-selfie': () => renderSelfie(elin, SELFIE),
  'elin-left': () => renderSelfie(elin, { ...SELFIE, yaw: 25, frame: 1 }),
  'elin-right': () => renderSelfie(elin, { ...SELFIE, yaw: -25, frame: 2 }),
  'elin-eyes-closed': () => renderSelfie(elin, { ...SELFIE, lids: 1, frame: 3 }),
  'elin-closer': () => renderSelfie(elin, { ...SELFIE, distance: 27, frame: 4 }),
  'samuel-portrait': () => renderPortrait(samuel, PORTRAIT),
  'samuel-selfie': () => renderSelfie(samuel, SELFIE),
  'two-persons': () => sideBySide(renderSelfie(elin, SMALL), renderSelfie(samuel, SMALL)),
}

mkdirSync(folder, { recursive: true })
for (const [name, render] of Object.entries(pictures)) {
  const bytes = await encodeJpeg(render(), QUALITY)
  writeFileSync(join(folder, `${name}.jpg`), bytes)
  console.log(`${name}.jpg ${bytes.length} bytes`)
}

/** Two pictures of the same height next to each other. */
function sideBySide(left: Picture, right: Picture): Picture {
  const width = left.width + right.width
  const data = new Uint8Array(3 * width * left.height)
  for (let y = 0; y < left.height; y++) {
    data.set(left.data.subarray(3 * y * left.width, 3 * (y + 1) * left.width), 3 * y * width)
    data.set(right.data.subarray(3 * y * right.width, 3 * (y + 1) * right.width), 3 * (y * width + left.width))
  }
  return { width, height: left.height, data }
}
