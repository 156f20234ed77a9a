/** A pinhole camera: picture size and focal length in pixels; the optical axis meets the picture's middle. */
export interface Camera {
  readonly width: number
  readonly height: number
  readonly focal: number
}

/** Points (x y z interleaved, cm, camera's frame) in the picture: x, y in pixels and 1/depth in 1/cm, interleaved. */
export function project({ width, height, focal }: Camera, positions: Float32Array): Float32Array {
  const projected = new Float32Array(positions.length)
  for (let i = 0; i < positions.length; i += 3) {
    const inverse = 1 / Math.max(-positions[i + 2]!, 1)
    projected[i] = width / 2 + focal * positions[i]! * inverse
    projected[i + 1] = height / 2 - focal * positions[i + 1]! * inverse
    projected[i + 2] = inverse
  }
  return projected
}
