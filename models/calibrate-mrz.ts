import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Claim, type Claims, claimsOf, readEvidence } from '../bench/mrz/claims.ts'
import { type Calibration, logOdds, UNCALIBRATED } from '../src/mrz/network/calibration.ts'
import { type Manifest, packagedModels } from '../src/onnx/index.ts'

/**
 * Fits what the MRZ recogniser's probabilities are worth and writes it into the manifest:
 *
 *     python3 models/mrz/pictures.py FOLDER 1600 600000000
 *     npx tsx models/calibrate-mrz.ts FOLDER
 *
 * To be done after every training; `genkend bench mrz --reliability` measures it, on pictures of another seed.
 */
async function calibrate(folder: string): Promise<void> {
  const { seen } = await readEvidence(folder)
  const claims = { whole: [] as Claim[], checked: [] as Claim[], unchecked: [] as Claim[] }
  for (const { picture, evidence } of seen) {
    if (!evidence) continue
    const stated = claimsOf(evidence, picture.mrz, UNCALIBRATED)
    for (const kind of Object.keys(claims) as (keyof Claims)[]) claims[kind].push(...stated[kind])
  }
  const calibration = Object.fromEntries(
    Object.entries(claims).map(([kind, stated]) => [kind, platt(stated)]),
  ) as unknown as Calibration
  const path = join(packagedModels(), 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  const entry = manifest.models.find(({ role }) => role === 'mrz-recognition')!
  Object.assign(entry.output, { calibration })
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`)
  for (const [kind, stated] of Object.entries(claims)) {
    console.log(`${kind}: ${stated.length} claims, ${calibration[kind as keyof Calibration]}`)
  }
}

/**
 * Offset and slope of the log-odds of being right over the log-odds that were stated: logistic regression by Newton's
 * method, with the targets that Platt 1999 gives against certainty where few are wrong.
 */
function platt(claims: readonly Claim[]): [number, number] {
  const right = claims.filter(({ isRight }) => isRight).length
  const [high, low] = [(right + 1) / (right + 2), 1 / (claims.length - right + 2)]
  let [offset, slope] = [0, 1]
  for (let step = 0; step < 50; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9]
    for (const { confidence, isRight } of claims) {
      const x = logOdds(confidence)
      const p = 1 / (1 + Math.exp(-offset - slope * x))
      const [error, weight] = [(isRight ? high : low) - p, p * (1 - p)]
      g0 += error
      g1 += error * x
      h00 += weight
      h01 += weight * x
      h11 += weight * x * x
    }
    const determinant = h00 * h11 - h01 * h01
    offset += (h11 * g0 - h01 * g1) / determinant
    slope += (h00 * g1 - h01 * g0) / determinant
  }
  return [Number(offset.toFixed(3)), Number(slope.toFixed(3))]
}

const [folder] = process.argv.slice(2)
if (folder) await calibrate(folder)
else console.error('usage: npx tsx models/calibrate-mrz.ts FOLDER')
