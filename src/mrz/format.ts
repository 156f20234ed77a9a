import { MRZ_LAYOUTS, type MrzLayout } from './layout.ts'

/**
 * Tells the format from the number and length of the lines and the first characters: `V` opens a visa,
 * `IDFRA` on two lines of 36 the French card of 1988 to 2021. Undefined when no format fits.
 */
export function mrzLayout(lines: readonly string[]): MrzLayout | undefined {
  const columns = lines[0]?.length
  if (lines.some((line) => line.length !== columns)) return undefined
  const isVisa = lines[0]?.startsWith('V')
  if (lines.length === 3 && columns === 30) return MRZ_LAYOUTS.TD1
  if (lines.length === 2 && columns === 44) return isVisa ? MRZ_LAYOUTS['MRV-A'] : MRZ_LAYOUTS.TD3
  if (lines.length !== 2 || columns !== 36) return undefined
  if (lines[0]?.startsWith('IDFRA')) return MRZ_LAYOUTS.FRID
  return isVisa ? MRZ_LAYOUTS['MRV-B'] : MRZ_LAYOUTS.TD2
}

/** Cuts the MRZ that a chip stores as one text (88, 72 or 90 characters) into its lines. */
export function splitMrz(text: string): readonly string[] | undefined {
  const lines = text.length === 90 ? 3 : text.length === 88 || text.length === 72 ? 2 : 0
  if (lines === 0) return undefined
  const columns = text.length / lines
  return Array.from({ length: lines }, (_, line) => text.slice(line * columns, (line + 1) * columns))
}
