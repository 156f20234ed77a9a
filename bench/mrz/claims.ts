import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodePicture } from '../../src/image/index.ts'
import { createMrzReader, parseMrz } from '../../src/mrz/index.ts'
import type { Calibration } from '../../src/mrz/network/calibration.ts'
import { decodeEvidence } from '../../src/mrz/network/decode-evidence.ts'
import { isCovered } from '../../src/mrz/network/field-confidences.ts'
import type { ZoneEvidence } from '../../src/mrz/network/sighting.ts'
import { openModels } from '../../src/onnx/index.ts'

/** A picture that `models/mrz/pictures.py` made, and what it shows. */
export interface GeneratedPicture {
  readonly file: string
  readonly mrz: readonly string[]
  readonly level: string
  /** Pixels a character. */
  readonly pitch: number
  /** Corners of the zone: top left, top right, bottom right, bottom left as it reads. */
  readonly quad: readonly (readonly number[])[]
}

/** A confidence that was stated, and whether what it was stated of is right. */
export interface Claim {
  readonly confidence: number
  readonly isRight: boolean
}

/** Claims about whole readings, about fields that a check digit covers, and about those that none does. */
export type Claims = Readonly<Record<keyof Calibration, readonly Claim[]>>

/** What the reader sees in every picture of a folder; undefined where it reads nothing. */
export async function readEvidence(folder: string) {
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as GeneratedPicture[]
  const models = await openModels({ roles: ['mrz-detection', 'mrz-recognition'] })
  const reader = createMrzReader(models)
  const seen: { picture: GeneratedPicture; evidence: ZoneEvidence | undefined }[] = []
  for (const picture of index) {
    const sighting = await reader.read(await decodePicture(await readFile(join(folder, picture.file))))
    seen.push({ picture, evidence: 'evidence' in sighting ? sighting.evidence : undefined })
  }
  await models.close()
  return { seen, calibration: reader.calibration }
}

const ANY_DAY = new Date(0)

/** What is claimed of one reading when the recogniser is calibrated so; of a whole only where it could be relied on. */
export function claimsOf(evidence: ZoneEvidence, truth: readonly string[], calibration: Calibration): Claims {
  const claims = { whole: [] as Claim[], checked: [] as Claim[], unchecked: [] as Claim[] }
  const decoded = decodeEvidence(evidence, calibration)
  if (!decoded || decoded.layout.columns !== truth[0]!.length || decoded.lines.length !== truth.length) return claims
  const { valid, document, checkDigits } = parseMrz(decoded.lines, ANY_DAY)
  const right = parseMrz(truth, ANY_DAY).document as unknown as Readonly<Record<string, string>>
  if (valid && decoded.isWhole) {
    claims.whole.push({ confidence: decoded.confidence, isRight: decoded.lines.join() === truth.join() })
  }
  for (const [field, confidence] of Object.entries(decoded.fields)) {
    if (checkDigits[field] === false) continue
    const read = (document as unknown as Readonly<Record<string, string>>)[field]
    const kind = isCovered(decoded.layout, field) ? 'checked' : 'unchecked'
    claims[kind].push({ confidence, isRight: read === right[field] })
  }
  return claims
}
