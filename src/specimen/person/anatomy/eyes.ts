import type { Colour } from '../colour.ts'
import { lerp, smoothstep } from '../interpolation.ts'
import { noise } from '../noise.ts'
import type { Eyeball } from './expression.ts'
import { EYES } from './landmarks.ts'
import { gridMesh, Material, type Surface } from './mesh.ts'

/** Of the eyeball's radius. */
const IRIS = 0.485
const CORNEA_BULGE = 0.045
/** From here on the lids cover the ball, which then shows only as the lash line's dark. */
const LIDS_SHUT = 0.88

const front = gridMesh(
  36,
  22,
  (u, v) => {
    const polar = v * Math.PI * 0.62
    const around = u * 2 * Math.PI
    return [Math.sin(polar) * Math.cos(around), Math.sin(polar) * Math.sin(around), Math.cos(polar)]
  },
  true,
)

/** The visible front of an eyeball. Its pattern coordinates are those of the unit sphere, z through the pupil. */
export function eyeballSurface(ball: Eyeball, lids: number): Surface {
  const positions = new Float32Array(front.positions.length)
  for (let i = 0; i < positions.length; i += 3) {
    const radius = ball.radius * (1 + CORNEA_BULGE * smoothstep(0.88, 1, front.positions[i + 2]!))
    for (let k = 0; k < 3; k++) positions[i + k] = ball.centre[k]! + radius * front.positions[i + k]!
  }
  return {
    mesh: { ...front, positions, normals: front.positions },
    pattern: front.positions,
    material: lids > LIDS_SHUT ? Material.lash : Material.eye,
    carrier: 'head',
    castsShadow: true,
  }
}

/** Colour of the eyeball at a point of the unit sphere: pupil, iris with its dark ring, reddened white. */
export function eyeColour(iris: Colour, seed: number, x: number, y: number, into: Float64Array): void {
  const radius = Math.hypot(x, y)
  const angle = Math.atan2(y, x)
  const fibres = noise(angle * 9 + seed, radius * 6, 1) * 0.5 + noise(angle * 23, radius * 10, 2) * 0.35
  const isIris = smoothstep(IRIS + 0.03, IRIS - 0.03, radius)
  const red = smoothstep(0.5, 0.85, radius) * 0.25
  const white = [0.74 * (1 - red * 0.15), 0.7 * (1 - red * 0.55), 0.67 * (1 - red * 0.55)]
  for (let c = 0; c < 3; c++) {
    let colour = iris[c]! * (1.15 + 0.7 * fibres) * (1 + 0.5 * smoothstep(0.4, 0.2, radius))
    colour *= 1 - 0.75 * smoothstep(IRIS - 0.1, IRIS, radius)
    colour = lerp(colour, 0.004, smoothstep(0.2, 0.165, radius))
    into[c] = lerp(white[c]!, colour, isIris)
  }
}

/** The upper lashes: strips that stand out from the lids' edges, cut into single hairs. */
export function lashSurfaces(face: Float64Array, length: number, lids: number, seed: number): Surface[] {
  return EYES.map(({ upperLid }) => {
    const mesh = gridMesh(24, 2, (u, v) => {
      const along = u * (upperLid.length - 1)
      const i = Math.min(Math.floor(along), upperLid.length - 2)
      const [x, y, z] = [0, 1, 2].map((k) =>
        lerp(face[3 * upperLid[i]! + k]!, face[3 * upperLid[i + 1]! + k]!, along - i),
      ) as [number, number, number]
      const out = v * 0.42 * length * (0.5 + 0.5 * Math.sin(Math.PI * u))
      return [x * (1 + 0.04 * out), y - 0.03 + out * lerp(0.35, -0.55, lids), z + 0.03 + out * 0.85]
    })
    const cutout = (u: number, v: number) => noise(u * 95 + seed, v * 0.8, 9) >= 0.45 * v - 0.05
    return { mesh, material: Material.lash, carrier: 'head', cutout, castsShadow: false }
  })
}
