import type { Model } from '../../onnx/index.ts'

/** What the detector says of an input: for every cell of 4 x 4 pixels, how surely it lies in a line, and which way that reads. */
export interface LineMask {
  readonly columns: number
  readonly rows: number
  /** 0 to 1, row by row. */
  readonly inside: Float32Array
  readonly cosine: Float32Array
  readonly sine: Float32Array
}

/** Pixels of the input a cell of the mask, each way. */
export const MASK_STRIDE = 4
/** The input's sides are multiples of this. */
export const DETECTOR_STRIDE = 32
/** A cell by so much less sure than those above and below it lies between two lines. */
const SEAM = 0.9

/** Cells that belong together: neighbours that are more likely inside a line than not. */
export type Patch = readonly number[]

/** Runs the detector on a normalised grey picture of `width` x `height`, both multiples of `DETECTOR_STRIDE`. */
export async function lineMask(detector: Model, grey: Float32Array, width: number, height: number): Promise<LineMask> {
  const outputs = await detector.run(grey, [1, 1, height, width])
  const { data } = Object.values(outputs)[0]!
  const [columns, rows] = [width / MASK_STRIDE, height / MASK_STRIDE]
  const inside = data.subarray(0, columns * rows).map((logit) => 1 / (1 + Math.exp(-logit)))
  const cosine = data.subarray(columns * rows, 2 * columns * rows)
  return { columns, rows, inside, cosine, sine: data.subarray(2 * columns * rows, 3 * columns * rows) }
}

/** All patches of at least `least` cells, the largest first; `across` corners too, or only across sides. */
export function patches({ columns, rows, inside }: LineMask, least: number, across: 'corners' | 'sides'): Patch[] {
  const found: Patch[] = []
  const seen = new Uint8Array(inside.length)
  for (let start = 0; start < inside.length; start++) {
    if (seen[start] || inside[start]! < 0.5) continue
    const patch = [start]
    seen[start] = 1
    for (let i = 0; i < patch.length; i++) {
      const [x, y] = [patch[i]! % columns, Math.floor(patch[i]! / columns)]
      for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) {
          const cell = v * columns + u
          if (seen[cell] || inside[cell]! < 0.5 || (across === 'sides' && u !== x && v !== y)) continue
          seen[cell] = 1
          patch.push(cell)
        }
      }
    }
    if (patch.length >= least) found.push(patch)
  }
  return found.sort((a, b) => b.length - a.length)
}

/** The mask of lines that run from left to right, without the seams where close lines run into each other. */
export function withoutSeams(mask: LineMask): LineMask {
  const { columns, rows, inside } = mask
  const apart = inside.slice()
  const at = (cell: number) => inside[cell] ?? 0
  for (let cell = columns; cell < columns * (rows - 1); cell++) {
    const above = Math.max(at(cell - columns), at(cell - 2 * columns))
    const below = Math.max(at(cell + columns), at(cell + 2 * columns))
    if (inside[cell]! < SEAM * Math.min(above, below)) apart[cell] = 0
  }
  return { ...mask, inside: apart }
}
