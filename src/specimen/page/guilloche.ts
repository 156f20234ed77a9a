/** A family of fine wavy lines: where they run, as a phase of one a line, and the ink of each channel, 0 to 255. */
interface LineFamily {
  readonly phase: (x: number, y: number) => number
  readonly ink: readonly [number, number, number]
}

/** Positions are shares of the page's width. */
const FAMILIES: readonly LineFamily[] = [
  { phase: (x, y) => 90 * (y + 0.03 * Math.sin(9 * x) + 0.012 * Math.sin(31 * x + 7 * y)), ink: [32, 16, 6] },
  { phase: (x, y) => 78 * (y - 0.035 * Math.sin(8 * x + 2) + 0.01 * Math.sin(37 * x)), ink: [8, 18, 31] },
  { phase: (x, y) => 64 * (x + 0.04 * Math.sin(7 * y + 1.5 * Math.sin(5 * x))), ink: [18, 6, 21] },
  { phase: (x, y) => rosette(x - 0.67, y - 0.3), ink: [28, 24, 4] },
]

function rosette(x: number, y: number): number {
  const radius = Math.hypot(x, y)
  return 110 * radius * (1 + 0.12 * Math.cos(12 * Math.atan2(y, x))) + 1.6 * Math.cos(24 * Math.atan2(y, x))
}

/** Paper runs from warm to cool across the page. */
const PAPER_LEFT = [251, 247, 236] as const
const PAPER_RIGHT = [233, 242, 250] as const
/** In the MRZ's zone, from this share of the height on, the ground is nearly plain (ICAO 9303-3, 4.4). */
const MRZ_ZONE = 0.74
const MRZ_INK = 0.25

/** The colour of the printed ground at a position on the page, both 0 to 1, of a page `ratio` times as wide as high. */
export function groundAt(across: number, down: number, ratio: number, into: Float32Array): void {
  const y = down / ratio
  const strength = down < MRZ_ZONE ? 1 : MRZ_INK
  for (let channel = 0; channel < 3; channel++) {
    into[channel] = PAPER_LEFT[channel]! + (PAPER_RIGHT[channel]! - PAPER_LEFT[channel]!) * across
  }
  for (const { phase, ink } of FAMILIES) {
    const share = line(phase(across, y)) * strength
    for (let channel = 0; channel < 3; channel++) into[channel]! -= ink[channel]! * share
  }
}

/** 1 in the middle of a line, 0 between lines; about a third of the distance is ink. */
function line(phase: number): number {
  const crest = 0.5 + 0.5 * Math.cos(2 * Math.PI * phase)
  return crest * crest * crest
}
