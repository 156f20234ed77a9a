import type { Area, Grey } from '../image/index.ts'

/** One printed character of a level line: columns `left` to `right` and rows `top` to `bottom`, ends exclusive. */
export interface GlyphBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly isFiller: boolean
}

type Run = Pick<GlyphBox, 'left' | 'right'>

/** Columns with fewer dark pixels are specks. */
const MIN_INK = 2

/**
 * Cuts a level line of OCR-B into its characters: dark columns between light ones, in one evenly spaced chain.
 * Fillers are told by their shape, because general OCR cannot read a row of them.
 */
export function cutGlyphs(grey: Grey, area: Area): readonly GlyphBox[] {
  const isDark = darkness(grey, area)
  const ink = (x: number) => rowsOf(area).reduce((count, y) => count + (isDark(x, y) ? 1 : 0), 0)
  const runs: Run[] = []
  let left = -1
  for (let x = area.left; x <= area.left + area.width; x++) {
    const isInk = x < area.left + area.width && ink(x) >= MIN_INK
    if (isInk && left < 0) left = x
    if (!isInk && left >= 0) {
      runs.push({ left, right: x })
      left = -1
    }
  }
  return longestChain(separated(runs)).map((run) => {
    const inked = rowsOf(area).filter((y) => firstDark(isDark, run, y) !== undefined)
    const box = { ...run, top: inked[0]!, bottom: inked.at(-1)! + 1 }
    return { ...box, isFiller: isChevron(isDark, box) }
  })
}

function rowsOf({ top, height }: Area): number[] {
  return Array.from({ length: height }, (_, y) => top + y)
}

/** Darker than half way between the paper (the median) and the ink (the darkest fiftieth). */
function darkness({ width, data }: Grey, area: Area): (x: number, y: number) => boolean {
  const values = data.slice(area.top * width, (area.top + area.height) * width).sort()
  const threshold = (values[values.length >> 1]! + values[Math.floor(values.length / 50)]!) / 2
  return (x, y) => data[y * width + x]! < threshold
}

/** From centre to centre. */
function distancesOf(runs: readonly Run[]): number[] {
  return runs.slice(1).map(({ left, right }, i) => (left + right - runs[i]!.left - runs[i]!.right) / 2)
}

function medianPitch(runs: readonly Run[]): number {
  const distances = distancesOf(runs).sort((a, b) => a - b)
  return distances[distances.length >> 1] ?? Number.POSITIVE_INFINITY
}

/** Characters that touch make one run of twice or three times the usual width. */
function separated(runs: readonly Run[]): readonly Run[] {
  const pitch = medianPitch(runs)
  return runs.flatMap(({ left, right }) => {
    const count = Math.min(3, Math.max(1, Math.round((right - left) / pitch + 0.1)))
    const edge = (i: number) => Math.round(left + ((right - left) * i) / count)
    return Array.from({ length: count }, (_, i) => ({ left: edge(i), right: edge(i + 1) }))
  })
}

/** The most runs in a row whose distances are all near the median distance. */
function longestChain(runs: readonly Run[]): readonly Run[] {
  const pitch = medianPitch(runs)
  const distances = distancesOf(runs)
  let best: readonly Run[] = []
  let start = 0
  for (let end = 1; end <= runs.length; end++) {
    const goesOn = end < runs.length && Math.abs(distances[end - 1]! - pitch) < 0.45 * pitch
    if (goesOn) continue
    if (end - start > best.length) best = runs.slice(start, end)
    start = end
  }
  return best
}

/**
 * `<` touches its left edge at half its height alone, where C and K keep to it above and below; and no row of it is
 * full, as the bar of a 4 is.
 */
function isChevron(isDark: (x: number, y: number) => boolean, box: Omit<GlyphBox, 'isFiller'>): boolean {
  const width = box.right - box.left
  const inset = (share: number) => {
    const x = firstDark(isDark, box, Math.round(box.top + share * (box.bottom - box.top - 1)))
    return x === undefined ? Number.NaN : (x - box.left) / width
  }
  // In small print the point may lie a row off the middle.
  const point = Math.min(inset(0.42), inset(0.5), inset(0.58))
  const isOpen = inset(0.15) > 0.3 && point < 0.15 && inset(0.85) > 0.3
  const columns = Array.from({ length: width }, (_, i) => box.left + i)
  const isFull = (y: number) => columns.filter((x) => isDark(x, y)).length > 0.7 * width
  return isOpen && !rowsOf({ ...box, width, height: box.bottom - box.top }).some(isFull)
}

/** The first dark column of a row. */
function firstDark(isDark: (x: number, y: number) => boolean, { left, right }: Run, y: number): number | undefined {
  for (let x = left; x < right; x++) if (isDark(x, y)) return x
  return undefined
}
