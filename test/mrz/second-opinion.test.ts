import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSecondReader, type SecondReader, writeMrz } from '../../src/mrz/index.ts'
import type { Sighting } from '../../src/mrz/network/sighting.ts'
import { scannedPage } from './page.ts'
import { shippedReader } from './reader.ts'
import { PASSPORT, replaced } from './specimen.ts'

describe('a second opinion on the rectified lines', () => {
  const lines = writeMrz(PASSPORT)
  const page = scannedPage(lines)
  const reader = shippedReader()
  let second: SecondReader
  let place: Sighting['place']

  beforeAll(async () => {
    place = (await reader.read(page)).place!
    second = await openSecondReader()
  })
  afterAll(() => second.close())

  it('agrees with what stands there', async () => {
    const opinion = await second.read(page, place, lines)
    expect(opinion.lines.map((line) => line.length)).toEqual([44, 44])
    for (const agreement of opinion.agreement) expect(agreement).toBeGreaterThan(0.8)
  })

  it('agrees less with what does not', async () => {
    const wrong = [lines[0]!, replaced(replaced(lines[1]!, 2, 'X'), 15, '1')]
    const [right, doubted] = [await second.read(page, place, lines), await second.read(page, place, wrong)]
    expect(doubted.agreement[0]).toBe(right.agreement[0])
    expect(doubted.agreement[1]).toBeLessThan(right.agreement[1]!)
    expect(doubted.lines[1]![1]).toBe(lines[1]![1])
  })
})

it('loads tesseract.js only when it is asked', () => {
  const sources = join(dirname(fileURLToPath(import.meta.url)), '../../src')
  expect(existsSync(sources)).toBe(true)
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const eager = files.filter((file) => /^import [^\n]*'tesseract\.js'/m.test(readFileSync(join(sources, file), 'utf8')))
  expect(eager).toEqual([])
})
