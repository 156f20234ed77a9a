import { Random } from './random.ts'

const SIZE = 256
const permutation = new Uint16Array(2 * SIZE)
const lattice = new Float32Array(SIZE)

{
  const random = new Random(77)
  const order = Array.from({ length: SIZE }, (_, i) => i)
  for (let i = SIZE - 1; i > 0; i--) {
    const j = Math.floor(random.unit() * (i + 1))
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
  for (let i = 0; i < 2 * SIZE; i++) permutation[i] = order[i % SIZE]!
  for (let i = 0; i < SIZE; i++) lattice[i] = 2 * random.unit() - 1
}

/** Smooth value noise in space: -1 to 1, features about one unit wide, repeating every 256 units (Perlin 1985). */
export function noise(x: number, y: number, z: number): number {
  const left = Math.floor(x)
  const bottom = Math.floor(y)
  const back = Math.floor(z)
  let a = x - left
  let b = y - bottom
  let c = z - back
  a = a * a * (3 - 2 * a)
  b = b * b * (3 - 2 * b)
  c = c * c * (3 - 2 * c)
  const y0 = bottom & 255
  const z0 = back & 255
  const z1 = (back + 1) & 255
  const rowA = permutation[left & 255]! + y0
  const rowB = permutation[(left + 1) & 255]! + y0
  const a0 = permutation[rowA]!
  const a1 = permutation[rowA + 1]!
  const b0 = permutation[rowB]!
  const b1 = permutation[rowB + 1]!
  const p = lattice[permutation[a0 + z0]!]!
  const q = lattice[permutation[a1 + z0]!]!
  const near = p + (lattice[permutation[b0 + z0]!]! - p) * a
  const nearTop = q + (lattice[permutation[b1 + z0]!]! - q) * a
  const r = lattice[permutation[a0 + z1]!]!
  const s = lattice[permutation[a1 + z1]!]!
  const far = r + (lattice[permutation[b0 + z1]!]! - r) * a
  const farTop = s + (lattice[permutation[b1 + z1]!]! - s) * a
  const front = near + (nearTop - near) * b
  return front + (far + (farTop - far) * b - front) * c
}

/** Noise of several octaves, each half as strong and twice as fine as the one before. */
export function turbulence(x: number, y: number, z: number, octaves: number): number {
  let sum = 0
  let strength = 0.5
  for (let i = 0; i < octaves; i++) {
    sum += strength * noise(x, y, z)
    x = x * 2.03 + 11
    y = y * 2.03 + 5
    z = z * 2.03 + 7
    strength *= 0.5
  }
  return sum
}
