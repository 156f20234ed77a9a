import { bell, lerp, smoothstep } from '../interpolation.ts'
import { noise } from '../noise.ts'
import type { Person } from '../person.ts'
import { CHIN } from './landmarks.ts'
import { gridMesh, Material, type Surface } from './mesh.ts'

/** A horizontal section: half width, half depth, height against the chin, depth of its middle; cm. */
type Section = readonly [halfWidth: number, halfDepth: number, y: number, z: number]

/** From under the jaw down to the chest. */
const SECTIONS: readonly Section[] = [
  [5, 5.2, 6, -9.6],
  [4.9, 5.1, 1.5, -9.7],
  [4.9, 5.2, -1.8, -10.1],
  [5.4, 5.7, -4, -10.5],
  [7.3, 6.5, -5.7, -10.8],
  [11.3, 7.4, -7.2, -10.9],
  [15.9, 8.5, -8.9, -10.8],
  [19, 9.6, -11.6, -10.6],
  [20.6, 10.6, -15.5, -10.4],
  [21.4, 11.6, -22, -10.2],
  [21.6, 12.2, -34, -10],
]
/** Where on the way from the first section to the last the clothes begin, and the neck's skin ends. */
const NECKLINE = 0.335
const SKIN_END = 0.72
/** How far up a collar's cloth runs before it folds over, 0 to 1. */
const COLLAR_FOLD = 0.3
const SEX_SCALE = { F: 0.93, M: 1.02 } as const

/** Neck, shoulders and clothes. They turn with the body; the neck's upper end follows the head. */
export function torsoSurfaces(person: Person, face: Float64Array): Surface[] {
  const chin = face[3 * CHIN + 1]!
  const at = (angle: number, along: number, off: number) => section(person, chin, angle, along, off)
  const skin = gridMesh(72, 56, (u, v) => at(fromFront(u), v * SKIN_END, 0), true)
  const surfaces: Surface[] = [{ mesh: skin, material: Material.skin, carrier: 'body', castsShadow: true }]
  const { collar } = person.clothes
  const cloth = gridMesh(
    120,
    36,
    (u, v) => {
      const angle = fromFront(u)
      const hem = 0.16 * smoothstep(0, 0.012, v) + 0.12 * smoothstep(0.05, 0.09, v) * -1
      const folds = 0.35 * smoothstep(0.05, 0.4, v) * noise(angle * 2.2, v * 6, person.seed % 50)
      return at(angle, lerp(neckline(collar, angle), 1, v), 0.32 + hem + 0.25 * smoothstep(0.1, 0.5, v) + folds)
    },
    true,
  )
  surfaces.push({ mesh: cloth, material: Material.cloth, carrier: 'body', castsShadow: true })
  if (collar === 'shirt') surfaces.push(shirtCollar(at))
  return surfaces
}

function fromFront(u: number): number {
  return (u - 0.5) * -2 * Math.PI
}

/** Where the clothes begin at an angle from the front. */
function neckline(collar: Person['clothes']['collar'], angle: number): number {
  if (collar === 'v') return NECKLINE + 0.02 + 0.2 * smoothstep(0.9, 0, Math.abs(angle))
  if (collar === 'shirt') return NECKLINE + 0.17 * Math.max(0, 1 - Math.abs(angle) / 0.4)
  return NECKLINE + 0.06 * bell(angle, 0.9)
}

/** A point on the body: `angle` radians from the front, `along` 0 to 1 downwards, `off` cm above the surface. */
function section(person: Person, chin: number, angle: number, along: number, off: number): [number, number, number] {
  const place = along * (SECTIONS.length - 1)
  const i = Math.min(Math.floor(place), SECTIONS.length - 2)
  const t = place - i
  const blend = (k: 0 | 1 | 2 | 3) => lerp(SECTIONS[i]![k], SECTIONS[i + 1]![k], lerp(t, t * t * (3 - 2 * t), 0.5))
  const isShoulder = smoothstep(0.4, 0.7, along)
  const width = (blend(0) + person.neckWidth * (1 - isShoulder)) * lerp(1, SEX_SCALE[person.sex], isShoulder)
  const sine = Math.sin(angle)
  const cosine = Math.cos(angle)
  // The two muscles from behind the ears to the breastbone, and the hollow between them.
  const low = smoothstep(0.12, 0.3, along) * smoothstep(0.5, 0.36, along)
  const muscles = low * (0.35 * bell(Math.abs(angle) - 0.5, 0.22) - 0.45 * bell(angle, 0.26))
  return [
    (width + off) * Math.sign(sine) * Math.abs(sine) ** 0.92,
    chin + blend(2),
    blend(3) +
      (blend(1) + person.neckWidth * 0.6 * (1 - isShoulder) + off + muscles) *
        Math.sign(cosine) *
        Math.abs(cosine) ** 0.92,
  ]
}

/** A turned-down collar, open at the throat. */
function shirtCollar(at: (angle: number, along: number, off: number) => [number, number, number]): Surface {
  const mesh = gridMesh(
    72,
    10,
    (u, v) => {
      const angle = fromFront(u)
      const open = Math.max(0, 1 - Math.abs(angle) / 0.4)
      // From the stand's foot up to the fold, then down over it to the points in front.
      const fallen = Math.max(0, (v - COLLAR_FOLD) / (1 - COLLAR_FOLD))
      const stands = Math.min(1, v / COLLAR_FOLD) - fallen
      const points = 0.05 * bell(Math.abs(angle) - 0.42, 0.3)
      const height = lerp(NECKLINE + 0.02 + fallen * points, NECKLINE - 0.07, stands)
      return at(angle, height + 0.15 * open, 0.25 + 0.2 * v + 0.5 * Math.sin((Math.PI / 2) * fallen))
    },
    true,
  )
  const cutout = (u: number) => Math.abs(u - 0.5) > 0.012
  return { mesh, material: Material.cloth, carrier: 'body', cutout, castsShadow: true }
}
