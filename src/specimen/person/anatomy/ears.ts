import { bell } from '../interpolation.ts'
import type { Person } from '../person.ts'
import { EAR_ROOTS } from './landmarks.ts'
import { gridMesh, Material, type Surface } from './mesh.ts'

/** Half width and half height of an ear of size 1, in cm. */
const HALF_WIDTH_CM = 1.75
const HALF_HEIGHT_CM = 3.1

/** Both ears: discs with a raised rim, an inner fold and a hollow, hinged at the head's sides. */
export function earSurfaces(face: Float64Array, { size, spread }: Person['ears']): Surface[] {
  return EAR_ROOTS.map((root) => {
    const side = Math.sign(face[3 * root]!)
    const [x, y, z] = [face[3 * root]!, face[3 * root + 1]!, face[3 * root + 2]!]
    const mesh = gridMesh(
      36,
      14,
      (u, v) => {
        const angle = (side < 0 ? 1 - u : u) * 2 * Math.PI
        const back = Math.cos(angle)
        const up = Math.sin(angle)
        const outline = 1 + 0.12 * Math.cos(2 * angle + 0.6) - 0.1 * up
        const fromRoot = HALF_WIDTH_CM * back * outline * v * size + 1.35
        const height = (HALF_HEIGHT_CM * up * outline * v + 0.3) * size * (up < 0 ? 0.95 : 1.05)
        const rim = bell(v - 0.86, 0.13) * 0.42 * (back > -0.75 ? 1 : 0.4)
        const fold = bell(v - 0.55, 0.12) * 0.22 * (back < 0.4 ? 1 : 0.3)
        const hollow = bell(v, 0.42) * 0.55
        const lift = rim + fold - hollow - (v > 0.97 ? 0.5 : 0)
        return [
          x + side * (0.05 + Math.sin(spread) * fromRoot + Math.cos(spread) * lift),
          y - 0.1 + height + 0.18 * fromRoot,
          z - 0.35 - Math.cos(spread) * fromRoot + Math.sin(spread) * lift,
        ]
      },
      true,
    )
    return { mesh, material: Material.skin, carrier: 'head', castsShadow: true }
  })
}
