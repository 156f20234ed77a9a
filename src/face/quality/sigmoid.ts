/** OFIQ's mapping of a measurement to 0..1: one half at `middle`, rising over some multiples of `width`. */
export function sigmoid(value: number, middle: number, width: number): number {
  return 1 / (1 + Math.exp(-(value - middle) / width))
}
