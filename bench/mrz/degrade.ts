import type { Picture } from '../../src/image/index.ts'

/** Out of focus: a Gaussian of this deviation, in pixels. */
export function blurred(picture: Picture, deviation: number): Picture {
  if (deviation < 0.2) return picture
  const reach = Math.ceil(3 * deviation)
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)))
  return filtered(filtered(picture, kernel, 1, 0), kernel, 0, 1)
}

/** Shaken sideways by so many pixels while the shutter was open. */
export function shaken(picture: Picture, length: number): Picture {
  const reach = Math.ceil(length / 2)
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.max(0, Math.min(1, length / 2 + 0.5 - Math.abs(i - reach))),
  )
  return filtered(picture, kernel, 1, 0)
}

/** Seen from `factor` times as far away. */
export function shrunk(picture: Picture, factor: number): Picture {
  const soft = factor > 1 ? blurred(picture, 0.42 * factor) : picture
  const [width, height] = [Math.round(picture.width / factor), Math.round(picture.height / factor)]
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from =
        (Math.min(picture.height - 1, Math.round((y + 0.5) * factor - 0.5)) * picture.width +
          Math.min(picture.width - 1, Math.round((x + 0.5) * factor - 0.5))) *
        3
      data.set(soft.data.subarray(from, from + 3), (y * width + x) * 3)
    }
  }
  return { width, height, data }
}

/** A reflection of this diameter, in pixels, on the middle of the zone. */
export function reflecting(picture: Picture, quad: readonly (readonly number[])[], diameter: number): Picture {
  const [cx, cy] = [0, 1].map((axis) => quad.reduce((sum, corner) => sum + corner[axis]!, 0) / quad.length) as [
    number,
    number,
  ]
  const data = picture.data.slice()
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [((i / 3) | 0) % picture.width, Math.floor(i / 3 / picture.width)]
    const away = Math.hypot(x - cx, y - cy) / (diameter / 2)
    data[i] = Math.min(255, data[i]! + 400 * Math.exp(-(away ** 4)))
  }
  return { ...picture, data }
}

function filtered({ width, height, data }: Picture, kernel: readonly number[], dx: number, dy: number): Picture {
  const out = new Uint8Array(data.length)
  const total = kernel.reduce((a, b) => a + b, 0)
  const reach = kernel.length >> 1
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      let [red, green, blue] = [0, 0, 0]
      for (let i = 0; i < kernel.length; i++) {
        const u = Math.max(0, Math.min(width - 1, x + (i - reach) * dx))
        const v = Math.max(0, Math.min(height - 1, y + (i - reach) * dy))
        const from = (v * width + u) * 3
        red += kernel[i]! * data[from]!
        green += kernel[i]! * data[from + 1]!
        blue += kernel[i]! * data[from + 2]!
      }
      out[at] = red / total + 0.5
      out[at + 1] = green / total + 0.5
      out[at + 2] = blue / total + 0.5
    }
  }
  return { width, height, data: out }
}
