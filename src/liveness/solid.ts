import type { Baseline } from './baseline.ts'
import type { Finding, SeenFrame } from './frame.ts'

export function checkSolid(_frames: readonly SeenFrame[], _baseline: Baseline): Finding {
  return 'ok'
}
