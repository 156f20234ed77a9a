export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * An affine map `[a, b, c, d, e, f]`: `(x, y)` goes to `(a x + b y + c, d x + e y + f)`.
 * Pixel centres lie at whole numbers.
 */
export type Affine = readonly [number, number, number, number, number, number]

/** A plane homography, row by row: `(x, y, 1)` goes to `(x' w, y' w, w)`. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number]

export function apply([a, b, c, d, e, f]: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f }
}

/** The inverse map. Throws a RangeError for a map that has none. */
export function invert([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * e - b * d
  if (!(Math.abs(determinant) > 1e-12)) throw new RangeError('a singular map has no inverse')
  const [ia, ib, id, ie] = [e / determinant, -b / determinant, -d / determinant, a / determinant]
  return [ia, ib, -(ia * c + ib * f), id, ie, -(id * c + ie * f)]
}

/**
 * The similarity (turn, uniform scale, shift) that brings `from` closest to `to` in the least-squares sense
 * (Umeyama 1991, without reflection). Needs two or more points, not all equal; throws a RangeError otherwise.
 */
export function similarity(from: readonly Point[], to: readonly Point[]): Affine {
  const source = centroid(from)
  const target = centroid(to)
  let [along, across, spread] = [0, 0, 0]
  from.forEach((point, i) => {
    const [x, y] = [point.x - source.x, point.y - source.y]
    const [u, v] = [to[i]!.x - target.x, to[i]!.y - target.y]
    along += x * u + y * v
    across += x * v - y * u
    spread += x * x + y * y
  })
  if (!(spread > 1e-12)) throw new RangeError('a similarity needs two different points')
  const [a, d] = [along / spread, across / spread]
  return [a, -d, target.x - a * source.x + d * source.y, d, a, target.y - d * source.x - a * source.y]
}

function centroid(points: readonly Point[]): Point {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 })
  return { x: sum.x / points.length, y: sum.y / points.length }
}

/**
 * The homography that takes four points to four others, no three on a line (Hartley and Zisserman, 4.1: the
 * eight equations solved with h33 = 1). Throws a RangeError when they determine none.
 */
export function homography(from: readonly Point[], to: readonly Point[]): Homography {
  const rows = from.flatMap(({ x, y }, i) => {
    const { x: u, y: v } = to[i]!
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
  })
  const h = solve(rows)
  return [h[0]!, h[1]!, h[2]!, h[3]!, h[4]!, h[5]!, h[6]!, h[7]!, 1]
}

/** Gauss-Jordan elimination with row pivoting; each row holds the coefficients and the right-hand side. */
function solve(rows: number[][]): number[] {
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    }
    const swap = rows[pivot]!
    rows[pivot] = rows[column]!
    rows[column] = swap
    if (!(Math.abs(swap[column]!) > 1e-9)) throw new RangeError('the points determine no homography')
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const factor = rows[row]![column]! / swap[column]!
      for (let k = column; k <= size; k++) rows[row]![k]! -= factor * swap[k]!
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!)
}
