import { Material } from '../anatomy/mesh.ts'
import { type Camera, project } from './camera.ts'
import type { PlacedSurface } from './pose.ts'

/** What each pixel sees. Index `pixel = y * width + x`; nothing there: depth Infinity, surface 255. */
export interface View {
  readonly camera: Camera
  readonly surfaces: readonly PlacedSurface[]
  /** Distance along the optical axis, cm. */
  readonly depth: Float32Array
  /** Which of the surfaces. */
  readonly surface: Uint8Array
  readonly material: Uint8Array
  /** Normal, not of unit length, in the camera's frame, x y z. */
  readonly normal: Float32Array
  /** Texture coordinates u v. */
  readonly texture: Float32Array
  /** Place for the material's pattern, in the head's frame (for eyes: on the unit sphere), x y z. */
  readonly pattern: Float32Array
}

const NOTHING = 255

/** Draws surfaces with a depth buffer, one sample in the middle of each pixel, attributes correct in perspective. */
export function rasterise(camera: Camera, surfaces: readonly PlacedSurface[]): View {
  const pixels = camera.width * camera.height
  const view: View = {
    camera,
    surfaces,
    depth: new Float32Array(pixels).fill(Number.POSITIVE_INFINITY),
    surface: new Uint8Array(pixels).fill(NOTHING),
    material: new Uint8Array(pixels),
    normal: new Float32Array(3 * pixels),
    texture: new Float32Array(2 * pixels),
    pattern: new Float32Array(3 * pixels),
  }
  surfaces.forEach((surface, index) => {
    drawSurface(view, surface, index)
  })
  return view
}

function drawSurface(view: View, surface: PlacedSurface, index: number): void {
  const { width, height } = view.camera
  const projected = project(view.camera, surface.positions)
  const { triangles, texture } = surface.mesh
  const pattern = surface.pattern ?? surface.mesh.positions
  const { normals, cutout, material } = surface
  const { depth } = view
  const culled = material === Material.face
  for (let i = 0; i < triangles.length; i += 3) {
    const a = triangles[i]!
    const b = triangles[i + 1]!
    const c = triangles[i + 2]!
    const ax = projected[3 * a]!
    const ay = projected[3 * a + 1]!
    const bx = projected[3 * b]!
    const by = projected[3 * b + 1]!
    const cx = projected[3 * c]!
    const cy = projected[3 * c + 1]!
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if (area === 0 || (culled && area > 0)) continue
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
    const ia = projected[3 * a + 2]!
    const ib = projected[3 * b + 2]!
    const ic = projected[3 * c + 2]!
    const stepB = (cy - ay) / area
    const stepC = (ay - by) / area
    for (let y = top; y <= bottom; y++) {
      const px = left + 0.5 - ax
      const py = y + 0.5 - ay
      let wb = (px * (cy - ay) - (cx - ax) * py) / area - stepB
      let wc = ((bx - ax) * py - px * (by - ay)) / area - stepC
      for (let x = left; x <= right; x++) {
        wb += stepB
        wc += stepC
        const wa = 1 - wb - wc
        if (wa < -1e-5 || wb < -1e-5 || wc < -1e-5) continue
        const z = 1 / (wa * ia + wb * ib + wc * ic)
        const pixel = y * width + x
        if (z >= depth[pixel]!) continue
        const p = wa * ia * z
        const q = wb * ib * z
        const r = wc * ic * z
        const u = p * texture[2 * a]! + q * texture[2 * b]! + r * texture[2 * c]!
        const v = p * texture[2 * a + 1]! + q * texture[2 * b + 1]! + r * texture[2 * c + 1]!
        const hx = p * pattern[3 * a]! + q * pattern[3 * b]! + r * pattern[3 * c]!
        const hy = p * pattern[3 * a + 1]! + q * pattern[3 * b + 1]! + r * pattern[3 * c + 1]!
        const hz = p * pattern[3 * a + 2]! + q * pattern[3 * b + 2]! + r * pattern[3 * c + 2]!
        if (cutout && !cutout(u, v, hx, hy, hz)) continue
        depth[pixel] = z
        view.surface[pixel] = index
        view.material[pixel] = material
        view.texture[2 * pixel] = u
        view.texture[2 * pixel + 1] = v
        view.pattern[3 * pixel] = hx
        view.pattern[3 * pixel + 1] = hy
        view.pattern[3 * pixel + 2] = hz
        const at = 3 * pixel
        view.normal[at] = p * normals[3 * a]! + q * normals[3 * b]! + r * normals[3 * c]!
        view.normal[at + 1] = p * normals[3 * a + 1]! + q * normals[3 * b + 1]! + r * normals[3 * c + 1]!
        view.normal[at + 2] = p * normals[3 * a + 2]! + q * normals[3 * b + 2]! + r * normals[3 * c + 2]!
      }
    }
  }
}
