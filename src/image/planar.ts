/** One value for all three planes, or one each, in the order of the planes. */
export type PerPlane = number | readonly [number, number, number]

/** How a model wants its pixels: `(value - mean) * scale`, value 0 to 255, planes in this order. */
export interface PlanarFormat {
  /** Default `rgb`. */
  readonly order?: 'rgb' | 'bgr'
  /** Default 0. */
  readonly mean?: PerPlane
  /** Default 1. */
  readonly scale?: PerPlane
}

/** A plane's place in the output and what its values are multiplied by and moved by. */
export interface Plane {
  readonly offset: number
  readonly factor: number
  readonly shift: number
}

/** The planes that red, green and blue go to, in this order. */
export function planesOf(format: PlanarFormat, pixels: number): readonly [Plane, Plane, Plane] {
  const of = (value: PerPlane, index: number) => (typeof value === 'number' ? value : value[index]!)
  const plane = (index: number): Plane => {
    const factor = of(format.scale ?? 1, index)
    return { offset: index * pixels, factor, shift: -of(format.mean ?? 0, index) * factor }
  }
  return format.order === 'bgr' ? [plane(2), plane(1), plane(0)] : [plane(0), plane(1), plane(2)]
}

/** The buffer that was given, if it has the length that is needed, or a new one when none was given. */
export function planarBuffer(length: number, given?: Float32Array): Float32Array {
  if (given === undefined) return new Float32Array(length)
  if (given.length !== length) throw new RangeError(`the buffer must hold ${length} values`)
  return given
}
