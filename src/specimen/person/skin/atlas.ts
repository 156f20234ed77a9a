import { FACE_TEXTURE, MEAN_FACE } from '../anatomy/face-mesh.ts'
import { FACE_TRIANGLE_NUMBERS, HEAD_TEXTURE, HEAD_TRIANGLES, headPositions, skullBehind } from '../anatomy/head.ts'
import { catmullRom, clamp, lerp } from '../interpolation.ts'

/** Width and height of a face's texture in texels: about 33 a cm, finer than any view shows. */
export const ATLAS_SIZE = 512

/** For every texel of the face: where it lies on the head (x y z interleaved, cm), and whether it is on the face. */
export interface Atlas {
  readonly places: Float32Array
  readonly covered: Uint8Array
}

/** Lays the face out flat. @param positions vertices of the subdivided head, cm */
export function faceAtlas(positions: Float32Array): Atlas {
  const places = new Float32Array(ATLAS_SIZE * ATLAS_SIZE * 3)
  const covered = new Uint8Array(ATLAS_SIZE * ATLAS_SIZE)
  for (let i = 0; i < FACE_TRIANGLE_NUMBERS; i += 3) {
    const a = HEAD_TRIANGLES[i]!
    const b = HEAD_TRIANGLES[i + 1]!
    const c = HEAD_TRIANGLES[i + 2]!
    const ax = HEAD_TEXTURE[2 * a]! * ATLAS_SIZE
    const ay = HEAD_TEXTURE[2 * a + 1]! * ATLAS_SIZE
    const bx = HEAD_TEXTURE[2 * b]! * ATLAS_SIZE
    const by = HEAD_TEXTURE[2 * b + 1]! * ATLAS_SIZE
    const cx = HEAD_TEXTURE[2 * c]! * ATLAS_SIZE
    const cy = HEAD_TEXTURE[2 * c + 1]! * ATLAS_SIZE
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if (Math.abs(area) < 1e-9) continue
    const left = Math.max(0, Math.floor(Math.min(ax, bx, cx) - 1))
    const right = Math.min(ATLAS_SIZE - 1, Math.ceil(Math.max(ax, bx, cx) + 1))
    const top = Math.max(0, Math.floor(Math.min(ay, by, cy) - 1))
    const bottom = Math.min(ATLAS_SIZE - 1, Math.ceil(Math.max(ay, by, cy) + 1))
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const px = x + 0.5 - ax
        const py = y + 0.5 - ay
        const wb = (px * (cy - ay) - (cx - ax) * py) / area
        const wc = ((bx - ax) * py - px * (by - ay)) / area
        const wa = 1 - wb - wc
        // A little beyond the triangle, so that neighbours leave no gap.
        if (wa < -0.02 || wb < -0.02 || wc < -0.02) continue
        const texel = y * ATLAS_SIZE + x
        covered[texel] = 1
        for (let k = 0; k < 3; k++) {
          places[3 * texel + k] = wa * positions[3 * a + k]! + wb * positions[3 * b + k]! + wc * positions[3 * c + k]!
        }
      }
    }
  }
  return { places, covered }
}

/** The atlas of the mean face: which feature a texel belongs to, whatever the person's shape. */
export const MEAN_ATLAS = faceAtlas(headPositions(MEAN_FACE, skullBehind(MEAN_FACE, { width: 0, height: 0 })))

/** A point of the face: x y z in cm, then texture coordinates u v. */
export type FacePoint = readonly [number, number, number, number, number]
/** A vertex of the face mesh, or a point on the way from one (t = 0) to another (t = 1). */
export type Landmark = number | readonly [from: number, to: number, t: number]

/** The point of a face at a landmark. */
export function facePoint(face: Float64Array, landmark: Landmark): FacePoint {
  const [a, b, t] = typeof landmark === 'number' ? [landmark, landmark, 0] : landmark
  const place = (k: number) => lerp(face[3 * a + k]!, face[3 * b + k]!, t)
  const texture = (k: number) => lerp(FACE_TEXTURE[2 * a + k]!, FACE_TEXTURE[2 * b + k]!, t)
  return [place(0), place(1), place(2), texture(0), texture(1)]
}

/** From one point (t = 0) to another (t = 1). */
export function between(a: FacePoint, b: FacePoint, t: number): FacePoint {
  return [0, 1, 2, 3, 4].map((k) => lerp(a[k]!, b[k]!, t)) as unknown as FacePoint
}

/** A smooth line through points, each gap in `steps` pieces; `closed` joins the last to the first. */
export function smoothLine(points: readonly FacePoint[], steps: number, closed = false): FacePoint[] {
  const count = points.length
  const at = (i: number) => points[closed ? (i + count) % count : clamp(i, 0, count - 1)]!
  const line: FacePoint[] = []
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    for (let step = 0; step < steps; step++) {
      const t = step / steps
      line.push([0, 1, 2, 3, 4].map((k) => catmullRom(a[k]!, b[k]!, c[k]!, d[k]!, t)) as unknown as FacePoint)
    }
  }
  line.push(closed ? line[0]! : points[count - 1]!)
  return line
}
