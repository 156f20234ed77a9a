import { malformed } from '../der/index.ts'
import type { Curve } from '../signature/index.ts'

/** A point of a curve over a prime field in affine coordinates; `undefined` is the point at infinity. */
export type Point = { readonly x: bigint; readonly y: bigint } | undefined

/** A curve's numbers, ready to calculate with. */
export interface CurveField {
  readonly prime: bigint
  readonly a: bigint
  readonly b: bigint
  readonly order: bigint
  readonly base: Point
  /** Octets of a coordinate. */
  readonly size: number
}

/** Jacobian coordinates: x = X / Z^2, y = Y / Z^3; Z = 0 at infinity. */
interface Jacobian {
  readonly X: bigint
  readonly Y: bigint
  readonly Z: bigint
}

const INFINITY: Jacobian = { X: 1n, Y: 1n, Z: 0n }

/** The domain parameters of a curve (SEC 1, 3.1.1) as numbers. */
export function curveField({ prime, a, b, x, y, order, size }: Curve): CurveField {
  const number = (hexadecimal: string) => BigInt(`0x${hexadecimal}`)
  return {
    prime: number(prime),
    a: number(a),
    b: number(b),
    order: number(order),
    base: { x: number(x), y: number(y) },
    size,
  }
}

/** An uncompressed point (SEC 1, 2.3.4) that lies on the curve. Throws `point-malformed`. */
export function readPoint(field: CurveField, encoded: Uint8Array): Point {
  const { prime, a, b, size } = field
  const x = toNumber(encoded.subarray(1, 1 + size))
  const y = toNumber(encoded.subarray(1 + size))
  const formed = encoded.length === 1 + 2 * size && encoded[0] === 4 && x < prime && y < prime
  if (!formed || reduce(y * y - (x * x * x + a * x + b), prime) !== 0n) {
    throw malformed('point-malformed', 'no point of the curve')
  }
  return { x, y }
}

/** The point as SEC 1, 2.3.3, writes it, uncompressed; the point at infinity as one zero octet. */
export function writePoint({ size }: CurveField, point: Point): Buffer {
  return point ? Buffer.concat([Buffer.of(4), toOctets(point.x, size), toOctets(point.y, size)]) : Buffer.of(0)
}

/** Whether two points are one; both may be the point at infinity (SEC 1, 2.2.1). */
export const samePoint = (p: Point, q: Point): boolean => p?.x === q?.x && p?.y === q?.y

/** scalar * point (SEC 1, 2.2.1). Not in constant time: only for keys of sessions that are over. */
export function multiply(field: CurveField, scalar: bigint, point: Point): Point {
  let result = INFINITY
  const start = toJacobian(point)
  for (const bit of scalar.toString(2)) {
    result = double(field, result)
    if (bit === '1') result = sum(field, result, start)
  }
  return toAffine(field, result)
}

/** The sum of two points (SEC 1, 2.2.1). */
export const add = (field: CurveField, p: Point, q: Point): Point =>
  toAffine(field, sum(field, toJacobian(p), toJacobian(q)))

/** Octets, big-endian, as a number (SEC 1, 2.3.8); none are zero. */
export const toNumber = (octets: Uint8Array): bigint => BigInt(`0x0${Buffer.from(octets).toString('hex')}`)

/** A number below 256^size as `size` octets, big-endian (SEC 1, 2.3.7). */
export const toOctets = (number: bigint, size: number): Buffer =>
  Buffer.from(number.toString(16).padStart(2 * size, '0'), 'hex')

const toJacobian = (point: Point): Jacobian => (point ? { X: point.x, Y: point.y, Z: 1n } : INFINITY)

function toAffine({ prime }: CurveField, { X, Y, Z }: Jacobian): Point {
  if (Z === 0n) return undefined
  const inverse = invert(Z, prime)
  const square = reduce(inverse * inverse, prime)
  return { x: reduce(X * square, prime), y: reduce(Y * square * inverse, prime) }
}

/** Doubling for any coefficient a (SEC 1, 2.2.1, in Jacobian coordinates). */
function double({ prime, a }: CurveField, { X, Y, Z }: Jacobian): Jacobian {
  if (Z === 0n || Y === 0n) return INFINITY
  const squareY = reduce(Y * Y, prime)
  const squareZ = reduce(Z * Z, prime)
  const s = reduce(4n * X * squareY, prime)
  const m = reduce(3n * X * X + a * squareZ * squareZ, prime)
  const x = reduce(m * m - 2n * s, prime)
  return {
    X: x,
    Y: reduce(m * (s - x) - 8n * squareY * squareY, prime),
    Z: reduce(2n * Y * Z, prime),
  }
}

function sum(field: CurveField, p: Jacobian, q: Jacobian): Jacobian {
  if (p.Z === 0n) return q
  if (q.Z === 0n) return p
  const { prime } = field
  const [squareP, squareQ] = [reduce(p.Z * p.Z, prime), reduce(q.Z * q.Z, prime)]
  const [u1, u2] = [reduce(p.X * squareQ, prime), reduce(q.X * squareP, prime)]
  const [s1, s2] = [reduce(p.Y * q.Z * squareQ, prime), reduce(q.Y * p.Z * squareP, prime)]
  const h = reduce(u2 - u1, prime)
  const r = reduce(s2 - s1, prime)
  if (h === 0n) return r === 0n ? double(field, p) : INFINITY
  const h2 = reduce(h * h, prime)
  const h3 = reduce(h * h2, prime)
  const v = reduce(u1 * h2, prime)
  const x = reduce(r * r - h3 - 2n * v, prime)
  return { X: x, Y: reduce(r * (v - x) - s1 * h3, prime), Z: reduce(h * p.Z * q.Z, prime) }
}

const reduce = (number: bigint, prime: bigint): bigint => {
  const rest = number % prime
  return rest < 0n ? rest + prime : rest
}

/** By the extended Euclidean algorithm; `number` is no multiple of the prime. */
function invert(number: bigint, prime: bigint): bigint {
  let [r, next] = [prime, number]
  let [t, nextT] = [0n, 1n]
  while (next !== 0n) {
    const quotient = r / next
    ;[r, next] = [next, r - quotient * next]
    ;[t, nextT] = [nextT, t - quotient * nextT]
  }
  return reduce(t, prime)
}
