import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodePicture, type Picture } from '../../src/image/index.ts'
import { createMrzReader, readDocument, type ZoneView } from '../../src/mrz/index.ts'
import { openModels } from '../../src/onnx/index.ts'
import { mean, table } from '../report.ts'
import type { GeneratedPicture } from './claims.ts'
import { blurred, reflecting, shaken, shrunk } from './degrade.ts'

const ANY_DAY = new Date(0)

type Measure = Exclude<keyof ZoneView, 'quad' | 'cutOff'>

interface Series {
  readonly title: string
  /** What is shown of the zone. */
  readonly measure: Measure
  readonly amounts: readonly number[]
  /** The picture made worse by this amount; `pitch` is its pixels a character. */
  readonly worsen: (picture: Picture, amount: number, entry: GeneratedPicture) => Picture
}

const SERIES: readonly Series[] = [
  {
    title: 'out of focus: deviation in characters',
    measure: 'sharpness',
    amounts: [0, 0.1, 0.14, 0.18, 0.24],
    worsen: (picture, amount, { pitch }) => blurred(picture, amount * pitch),
  },
  {
    title: 'shaken: characters along the line',
    measure: 'sharpness',
    amounts: [0.3, 0.5, 0.7],
    worsen: (picture, amount, { pitch }) => shaken(picture, amount * pitch),
  },
  {
    title: 'far away: pixels a character',
    measure: 'pixelsPerCharacter',
    amounts: [10, 8, 7, 6, 5],
    worsen: (picture, amount, { pitch }) => shrunk(picture, pitch / amount),
  },
  {
    title: 'reflection: diameter in characters',
    measure: 'glare',
    amounts: [2, 6],
    worsen: (picture, amount, { quad, pitch }) => reflecting(picture, quad, amount * pitch),
  },
]

/**
 * Claim: the measures that guide a camera follow what goes wrong, and advice is given where readings begin to fail. Makes the
 * pictures of `models/mrz/pictures.py FOLDER COUNT SEED easy` worse step by step.
 */
export async function benchGuidance(folder: string): Promise<string> {
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as GeneratedPicture[]
  const models = await openModels({ roles: ['mrz-detection', 'mrz-recognition'] })
  const reader = createMrzReader(models)
  const tables: string[] = [`${index.length} pictures`]
  for (const { title, measure, amounts, worsen } of SERIES) {
    const rows: (string | number)[][] = []
    for (const amount of amounts) {
      const measured: number[] = []
      let [exact, accepted] = [0, 0]
      const advice = new Map<string, number>()
      for (const entry of index) {
        const picture = worsen(await decodePicture(await readFile(join(folder, entry.file))), amount, entry)
        const answer = await readDocument([async () => picture], reader, ANY_DAY)
        const { zone } = answer.capture
        if (zone) measured.push(zone[measure])
        if (answer.found && answer.lines.join() === entry.mrz.join()) exact++
        if (answer.found && answer.accepted) accepted++
        else advice.set(answer.capture.advice.code, (advice.get(answer.capture.advice.code) ?? 0) + 1)
      }
      const given = [...advice].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`)
      rows.push([amount, mean(measured).toFixed(1), exact, accepted, given.join(', ')])
    }
    tables.push(table([title, measure, 'exact', 'accepted', 'advice'], rows))
  }
  await models.close()
  return tables.join('\n\n')
}
