import { bell, lerp, smoothstep } from '../interpolation.ts'
import { noise } from '../noise.ts'
import type { Person } from '../person.ts'
import { gridMesh, Material, type Mesh, type Surface } from './mesh.ts'
import { insideHairline, type Scalp } from './scalp.ts'

type Hair = Person['hair']

/** For each style: thickness in cm, how far it hangs below the ears in cm, how curly, layers drawn. */
const STYLES: Readonly<Record<Exclude<Hair['style'], 'bald'>, Style>> = {
  buzz: { thickness: 0.3, hang: 0, curl: 0, layers: 3 },
  short: { thickness: 1.3, hang: 0, curl: 0, layers: 6 },
  side: { thickness: 1.8, hang: 0, curl: 0, layers: 6 },
  curly: { thickness: 2.6, hang: 0, curl: 1, layers: 7 },
  bun: { thickness: 0.9, hang: 0, curl: 0, layers: 5 },
  bob: { thickness: 1.5, hang: 11.5, curl: 0, layers: 6 },
  long: { thickness: 1.5, hang: 22, curl: 0, layers: 6 },
}

interface Style {
  readonly thickness: number
  readonly hang: number
  readonly curl: number
  readonly layers: number
}

/** Radians from straight up: here hanging hair leaves the head, short hair goes on to the nape. */
const LEAVES_HEAD = 1.62
const NAPE = 2.65
/** Of the way from the crown to the tips: the part that lies on the head, where the hair hangs. */
const ON_HEAD = 0.5
/** Radians from the front beyond which long hair hangs down, and how fast it starts, in cm a radian. */
const CURTAIN_FROM = 1.12
const CURTAIN_RISE = 7

/**
 * Hair as a pile of thin layers over the scalp, each cut into strands that get sparser outwards, so that the outline
 * is made of hairs and not of a smooth surface (shell method, Lengyel 2001). A bun is one more ball.
 */
export function hairSurfaces(person: Person, scalp: Scalp): Surface[] {
  if (person.hair.style === 'bald') return []
  const style = STYLES[person.hair.style]
  const surfaces: Surface[] = []
  // From outside inwards: what the outer layers hide need not be cut into strands.
  for (let layer = style.layers - 1; layer >= 0; layer--) surfaces.push(hairLayer(person, style, scalp, layer))
  if (person.hair.style === 'bun') surfaces.push(bun())
  return surfaces
}

/** Direction from the crown along a strand: `u` runs once round from the back, `v` from the crown to the tip. */
function strand(u: number, v: number, hangs: boolean): { around: number; down: number; fall: number } {
  const around = (u - 0.5) * 2 * Math.PI
  if (!hangs) return { around, down: 0.03 + v * NAPE, fall: 0 }
  const onHead = Math.min(1, v / ON_HEAD)
  return { around, down: 0.03 + onHead * LEAVES_HEAD, fall: Math.max(0, (v - ON_HEAD) / (1 - ON_HEAD)) }
}

function hairLayer(person: Person, style: Style, scalp: Scalp, layer: number): Surface {
  const { hair, seed } = person
  // Closest together outside, where their edges make the outline.
  const level = Math.sqrt((layer + 1) / style.layers)
  const hangs = style.hang > 0
  const root = (u: number, v: number): [number, number, number] => {
    const { around, down, fall } = strand(u, v, hangs)
    const point = scalp.point(around, down, 0)
    point[1] -= fall * style.hang
    return point
  }
  const inside = (u: number, x: number, y: number, z: number): number => {
    const scalpHair = insideHairline(hair, person.sex, x, y, z)
    if (!hangs) return scalpHair
    const around = Math.abs(u - 0.5) * 2 * Math.PI
    return Math.max(y > 3 ? scalpHair : -40, (around - CURTAIN_FROM - smoothstep(4, 9, y) * 0.25) * CURTAIN_RISE)
  }
  const place = (u: number, v: number): [number, number, number] => {
    const { around, down, fall } = strand(u, v, hangs)
    const [x, y, z] = root(u, v)
    const thickness = 0.06 + level * thicknessAt(person, style, x, y, z, inside(u, x, y, z))
    const point = scalp.point(around, down, thickness + fallWidth(hair.style, fall))
    const wave = fall * 0.6 * noise(around * 1.4 + seed, fall * 3, level)
    point[0] += wave
    point[1] -= fall * style.hang * (0.92 + 0.12 * noise(around * 3, 0, seed))
    return point
  }
  const mesh = gridMesh(style.curl > 0 ? 108 : 84, hangs ? 36 : 30, place, true)
  const cutout = (u: number, v: number, x: number, y: number, z: number): boolean => {
    const fine =
      style.curl > 0 || hair.style === 'buzz'
        ? noise(x * 3.1 + seed, y * 3.1, z * 3.1) * 0.7 + noise(x * 9, y * 9, z * 9) * 0.5
        : noise(u * 300 + seed, v * 3, 1) * 0.6 + noise(u * 110, v * 2.5 + seed, 2) * 0.45
    const uneven = hair.fringe ? 0 : 0.45 * noise(x * 0.9 + seed, y * 0.9, 2)
    const margin = inside(u, x, y, z) + 0.55 * fine + uneven
    if (margin < 0.1 + 0.3 * level) return false
    if (hangs && v > 0.93 + 0.06 * fine) return false
    return 0.72 + fine > level * level * level * 0.8
  }
  return {
    mesh,
    pattern: patternOf(mesh, root),
    material: Material.hair,
    carrier: 'head',
    cutout,
    castsShadow: layer === style.layers - 2,
    exposure: lerp(0.45, 1, level),
  }
}

/** The scalp under each vertex: strands are cut and coloured by where they grow. */
function patternOf(
  { texture, positions }: Mesh,
  root: (u: number, v: number) => [number, number, number],
): Float32Array {
  const pattern = new Float32Array(positions.length)
  for (let i = 0; 2 * i < texture.length; i++) pattern.set(root(texture[2 * i]!, texture[2 * i + 1]!), 3 * i)
  return pattern
}

/** Hair thickness in cm at a point of the scalp that lies `inside` cm behind the hairline. */
function thicknessAt(person: Person, style: Style, x: number, y: number, z: number, inside: number): number {
  const { hair, seed } = person
  const edge = hair.style === 'buzz' ? smoothstep(-1, 1, inside) : 0.12 + 0.88 * smoothstep(-0.4, 2.6, inside)
  let thickness = style.thickness * (hair.style === 'buzz' ? 1 : hair.volume) * edge
  if (hair.style === 'short' || hair.style === 'side') thickness *= lerp(0.3, 1, smoothstep(3, 10.5, y))
  if (hair.style === 'curly') thickness *= lerp(0.55, 1, smoothstep(2, 8, y))
  if (hair.style === 'side') thickness *= 1 + 0.45 * smoothstep(-2, 3, x * Math.sign(hair.parting))
  const parted = hair.style === 'side' || style.hang > 0
  if (parted && !hair.fringe)
    thickness *= 1 - 0.6 * bell(x - hair.parting * 3, 0.6) * smoothstep(-14, -6, z) * smoothstep(9, 12, y)
  if (hair.fringe && z > -3) thickness *= lerp(0.35, 1, smoothstep(6.5, 11, y))
  const lumps = noise(x * 0.3 + seed, y * 0.3, z * 0.3)
  return thickness * (1 + 0.16 * lumps + style.curl * 0.3 * noise(x * 1.1, y * 1.1 + seed, z * 1.1))
}

/** How far hanging hair stands off, in cm, along its fall from 0 to 1: a bob turns inwards at the tips. */
function fallWidth(style: Hair['style'], fall: number): number {
  if (style === 'bob') return 1.1 * smoothstep(0, 0.5, fall) - 1.5 * smoothstep(0.6, 1, fall)
  return 0.5 * smoothstep(0, 0.3, fall)
}

function bun(): Surface {
  const mesh = gridMesh(
    32,
    18,
    (u, v) => {
      const around = u * 2 * Math.PI
      const down = v * Math.PI
      return [
        3.2 * Math.sin(down) * Math.cos(around),
        14.5 + 3 * Math.cos(down),
        -13.5 - 3 * Math.sin(down) * Math.sin(around),
      ]
    },
    true,
  )
  return { mesh, material: Material.hair, carrier: 'head', castsShadow: true }
}
