import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { decodePicture, type Picture } from '../../../src/image/index.ts'
import { readMrz } from '../../../src/mrz/index.ts'
import { zoneQuad } from '../../../src/mrz/network/sighting.ts'
import { shippedReader } from '../reader.ts'
import { AT } from '../specimen.ts'

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures')
interface Fixture {
  readonly file: string
  readonly mrz: readonly string[]
  readonly quad: readonly (readonly [number, number])[]
}
const fixtures = JSON.parse(readFileSync(join(FIXTURES, 'index.json'), 'utf8')) as Fixture[]
const open = ({ file }: Fixture) => decodePicture(readFileSync(join(FIXTURES, file)))

const reader = shippedReader()

/** A quarter turn to the right. */
function turned({ width, height, data }: Picture): Picture {
  const out = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [(y * width + x) * 3, (x * height + (height - 1 - y)) * 3]
      out.set(data.subarray(from, from + 3), to)
    }
  }
  return { width: height, height: width, data: out }
}

function painted(width: number, height: number, grey: (x: number, y: number) => number): Picture {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) data.fill(grey(i % width, Math.floor(i / width)), i * 3, i * 3 + 3)
  return { width, height, data }
}

describe('reading pictures', () => {
  it.each(fixtures)('reads $file to the last character and shows where', async (fixture) => {
    const picture = await open(fixture)
    expect(await readMrz(picture, reader, AT)).toMatchObject({ lines: fixture.mrz })
    const { place } = await reader.read(picture)
    const pitch = (fixture.quad[1]![0] - fixture.quad[0]![0]) / fixture.mrz[0]!.length
    zoneQuad(place!).forEach(([x, y], corner) => {
      const [tx, ty] = fixture.quad[corner]!
      expect(Math.hypot(x - tx, y - ty)).toBeLessThan(2 * Math.abs(pitch) + 8)
    })
  })

  it('reads a page whichever way up it lies', async () => {
    let picture = await open(fixtures[0]!)
    for (let quarter = 0; quarter < 4; quarter++) {
      expect(await readMrz(picture, reader, AT)).toMatchObject({ lines: fixtures[0]!.mrz })
      picture = turned(picture)
    }
  })

  it('gives the same reading every time', async () => {
    const picture = await open(fixtures[1]!)
    expect(await reader.read(picture)).toEqual(await reader.read(picture))
  })

  it('says so where there is no zone', async () => {
    const pictures = [
      painted(900, 600, () => 240),
      painted(800, 1000, (x, y) => (((x >> 5) + (y >> 5)) % 2 ? 40 : 220)),
      painted(640, 480, (x, y) => (x * 7919 + y * 104729) % 256),
      painted(1, 1, () => 0),
      painted(3000, 2, () => 128),
    ]
    for (const picture of pictures) {
      const reading = await readMrz(picture, reader, AT)
      expect(reading.found && reading.accepted).toBe(false)
    }
  })
})
