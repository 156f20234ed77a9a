import type { Picture } from '../../src/image/index.ts'

/** A picture computed from its coordinates. */
export function painted(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): Picture {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 3)
  return { width, height, data }
}

/** Red grows to the right, green downwards, blue is constant: every place is told from every other. */
export function ramp(width: number, height: number): Picture {
  return painted(width, height, (x, y) => [x, y, 50])
}

export function pixel({ width, data }: Picture, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
}
