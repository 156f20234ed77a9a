import { readFile, stat } from 'node:fs/promises'
import { Fault } from '../check/index.ts'
import { type IdentifiedCalibration, MAX_CALIBRATION_BYTES, readCalibration } from '../face/calibration.ts'

/** @throws Fault `calibration-unreadable`, `calibration-invalid` (usage) */
export async function readCalibrationFile(path: string): Promise<IdentifiedCalibration> {
  const file = await stat(path).catch(() => undefined)
  const bytes =
    file?.isFile() && file.size <= MAX_CALIBRATION_BYTES ? await readFile(path).catch(() => undefined) : undefined
  if (!bytes) throw new Fault('calibration-unreadable', 'usage', 'the face calibration is no file that can be read')
  return readCalibration(bytes)
}
