import { lerp } from '../interpolation.ts'
import { gridMesh, Material, type Surface } from './mesh.ts'

/** What shows between parted lips: the dark of the mouth, and the upper teeth once it opens. */
export function mouthSurfaces(face: Float64Array, open: number): Surface[] {
  const y = (vertex: number) => face[3 * vertex + 1]!
  const z = (vertex: number) => face[3 * vertex + 2]!
  const sheet = (left: number, right: number, top: number, bottom: number, depth: number, bow: number) =>
    gridMesh(12, 3, (u, v) => {
      const x = lerp(left, right, u)
      return [x, lerp(top, bottom, v), depth - bow * (x / 2.6) ** 2]
    })
  const middle = (y(13) + y(14)) / 2
  const depth = Math.min(z(13), z(14)) - 1.2
  const dark = sheet(face[3 * 78]! - 0.2, face[3 * 308]! + 0.2, middle + 1.2, middle - 1.5, depth, 1.2)
  const surfaces: Surface[] = [{ mesh: dark, material: Material.mouth, carrier: 'head', castsShadow: false }]
  if (open > 0.05) {
    const teeth = sheet(-2, 2, y(13) + 0.4, y(13) - 0.55, z(13) - 0.55, 0.9)
    surfaces.push({ mesh: teeth, material: Material.teeth, carrier: 'head', castsShadow: true })
  }
  return surfaces
}
