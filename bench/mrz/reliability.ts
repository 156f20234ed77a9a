import { table } from '../report.ts'
import { type Claim, type Claims, claimsOf, readEvidence } from './claims.ts'

const BOUNDS = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1]
const TITLES: Readonly<Record<keyof Claims, string>> = {
  whole: 'whole readings, check digits holding',
  checked: 'fields that a check digit covers',
  unchecked: 'fields that no check digit covers',
}

/**
 * Claim: of readings and fields with confidence c, a share c is right. Reads the pictures that `models/mrz/pictures.py FOLDER
 * COUNT SEED` made; the seed must not be the one that the calibration was fitted on.
 */
export async function benchReliability(folder: string): Promise<string> {
  const { seen, calibration } = await readEvidence(folder)
  const all = { whole: [] as Claim[], checked: [] as Claim[], unchecked: [] as Claim[] }
  for (const { picture, evidence } of seen) {
    if (!evidence) continue
    const claims = claimsOf(evidence, picture.mrz, calibration)
    for (const kind of Object.keys(all) as (keyof Claims)[]) all[kind].push(...claims[kind])
  }
  const tables = (Object.keys(all) as (keyof Claims)[]).map((kind) => reliability(TITLES[kind], all[kind]))
  return [`${seen.length} pictures, ${seen.filter(({ evidence }) => evidence).length} read`, ...tables].join('\n\n')
}

function reliability(title: string, claims: readonly Claim[]): string {
  const rows = BOUNDS.slice(1).flatMap((upper, i) => {
    const lower = BOUNDS[i]!
    const inside = claims.filter(({ confidence }) => confidence > lower && confidence <= upper)
    if (inside.length === 0) return []
    const mean = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length
    const right = inside.filter(({ isRight }) => isRight).length
    return [
      [
        `${lower} to ${upper}`,
        inside.length,
        mean.toFixed(4),
        (right / inside.length).toFixed(4),
        inside.length - right,
      ],
    ]
  })
  return table([title, 'claims', 'claimed', 'right', 'wrong'], rows)
}
