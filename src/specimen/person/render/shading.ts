import { Material } from '../anatomy/mesh.ts'
import type { Figure } from '../figure.ts'
import { lerp, smoothstep } from '../interpolation.ts'
import { Appearance, type Look } from './appearance.ts'
import type { Lamp, Light } from './light.ts'
import { ambientOcclusion, opennessAt } from './occlusion.ts'
import type { View } from './rasteriser.ts'
import { ShadowMap } from './shadow-map.ts'

/** How far light creeps round the edge of the lit side, red green blue: skin lets it through, red the farthest. */
const SKIN_WRAP = [0.34, 0.16, 0.1] as const
const OTHER_WRAP = 0.05
/** Points are looked up in the shadow map this far outside their surface, cm. */
const SHADOW_LIFT_CM = 0.18

type Lit = Lamp & { readonly towards: readonly [number, number, number]; readonly shadow: ShadowMap | undefined }

/** A pixel while it is shaded: unit vectors, and light of each kind gathered so far, red green blue. */
interface Gathered {
  readonly towardsCamera: Float64Array
  readonly diffuse: Float64Array
  readonly highlight: Float64Array
}

/**
 * The linear light that the camera receives from the figure, three values a pixel, written over `picture` (which
 * holds the background).
 */
export function shade(
  figure: Figure,
  view: View,
  light: Light,
  lids: number,
  middle: readonly [number, number, number],
  picture: Float32Array,
): void {
  const { camera, depth, material, normal, surface, surfaces } = view
  const occlusion = ambientOcclusion(view)
  const appearance = new Appearance(figure, view, lids)
  const lamps = light.lamps.map((lamp) => lit(lamp, view, middle))
  const look: Look = { colour: new Float64Array(3), normal: new Float64Array(3), gloss: 0 }
  const gathered: Gathered = {
    towardsCamera: new Float64Array(3),
    diffuse: new Float64Array(3),
    highlight: new Float64Array(3),
  }
  const place = new Float64Array(3)
  for (let y = 0; y < camera.height; y++) {
    for (let x = 0; x < camera.width; x++) {
      const pixel = y * camera.width + x
      const kind = material[pixel]!
      if (kind === Material.none) continue
      const scale = depth[pixel]! / camera.focal
      place[0] = (x + 0.5 - camera.width / 2) * scale
      place[1] = (camera.height / 2 - y - 0.5) * scale
      place[2] = -depth[pixel]!
      for (let k = 0; k < 3; k++) {
        gathered.towardsCamera[k] = -place[k]!
        look.normal[k] = normal[3 * pixel + k]!
      }
      normalise(gathered.towardsCamera)
      normalise(look.normal)
      if (kind !== Material.face && dot(look.normal, gathered.towardsCamera) < 0) negate(look.normal)
      appearance.at(pixel, look)
      normalise(look.normal)
      const open = opennessAt(occlusion, x, y) * (surfaces[surface[pixel]!]!.exposure ?? 1)
      gatherAmbient(gathered, light, look, kind, open)
      for (const lamp of lamps) gatherLamp(gathered, lamp, look, kind, place, open, figure)
      if (kind === Material.eye) shadeUnderLid(gathered, view.pattern[3 * pixel + 1]!, open)
      for (let c = 0; c < 3; c++) {
        picture[3 * pixel + c] = look.colour[c]! * gathered.diffuse[c]! + gathered.highlight[c]!
      }
    }
  }
}

function lit(lamp: Lamp, view: View, middle: readonly [number, number, number]): Lit {
  const length = Math.hypot(...lamp.direction)
  const towards = lamp.direction.map((v) => v / length) as [number, number, number]
  const shadow = lamp.castsShadow ? new ShadowMap(view.surfaces, towards, middle) : undefined
  return { ...lamp, towards, shadow }
}

/** Light from all around, less where the place is closed in; skin's hollows stay warm. */
function gatherAmbient(
  { diffuse, highlight, towardsCamera }: Gathered,
  light: Light,
  look: Look,
  kind: number,
  open: number,
): void {
  const isSkin = kind === Material.face || kind === Material.skin
  const up = 0.5 + 0.5 * look.normal[1]!
  for (let c = 0; c < 3; c++) diffuse[c] = lerp(light.ground[c]!, light.sky[c]!, up) * open
  highlight.fill(0)
  if (!isSkin) return
  const warm = open ** 0.75 / open
  const cool = open ** 0.15
  diffuse[0]! *= warm
  diffuse[1]! *= 0.5 + 0.5 * cool
  diffuse[2]! *= cool
  const glancing = (1 - Math.max(0, dot(look.normal, towardsCamera))) ** 2
  const edge = glancing * glancing
  for (let c = 0; c < 3; c++) highlight[c] = 0.1 * edge * light.sky[c]! * open
}

function gatherLamp(
  { diffuse, highlight, towardsCamera }: Gathered,
  lamp: Lit,
  look: Look,
  kind: number,
  place: Float64Array,
  open: number,
  { person }: Figure,
): void {
  const { normal } = look
  const facing = dot(normal, lamp.towards)
  const reaches = lamp.shadow
    ? lamp.shadow.light(
        place[0]! + normal[0]! * SHADOW_LIFT_CM,
        place[1]! + normal[1]! * SHADOW_LIFT_CM,
        place[2]! + normal[2]! * SHADOW_LIFT_CM,
      )
    : 1
  const isSkin = kind === Material.face || kind === Material.skin
  const strength = lamp.strength * reaches * (0.45 + 0.55 * open)
  for (let c = 0; c < 3; c++) {
    const wrap = isSkin ? SKIN_WRAP[c]! : OTHER_WRAP
    diffuse[c]! += lamp.colour[c]! * strength * Math.max(0, (facing + wrap) / (1 + wrap))
  }
  const shine =
    reflection(lamp, look, kind, towardsCamera, facing) * lamp.strength * (kind === Material.eye ? 1 : reaches)
  if (shine === 0) return
  for (let c = 0; c < 3; c++) {
    const tint = kind === Material.hair ? 0.35 + person.hair.colour[c]! / 400 : 1
    highlight[c]! += shine * tint * lamp.colour[c]!
  }
}

/** Strength of a lamp's mirror image: two lobes with Fresnel for skin, along the strands for hair, a point on the eye. */
function reflection(lamp: Lit, look: Look, kind: number, towardsCamera: Float64Array, facing: number): number {
  if (look.gloss === 0 && kind !== Material.hair && kind !== Material.eye) return 0
  const { normal } = look
  let hx = lamp.towards[0] + towardsCamera[0]!
  let hy = lamp.towards[1] + towardsCamera[1]!
  let hz = lamp.towards[2] + towardsCamera[2]!
  const length = Math.hypot(hx, hy, hz)
  hx /= length
  hy /= length
  hz /= length
  const along = normal[0]! * hx + normal[1]! * hy + normal[2]! * hz
  if (kind === Material.eye) return 1.1 * smoothstep(0.9925, 0.9965, along)
  if (kind === Material.hair) {
    // Strands run downwards along the surface (Kajiya and Kay 1989).
    const [nx, ny, nz] = [normal[0]!, normal[1]!, normal[2]!]
    const tangent = Math.hypot(ny * nx, 1 - ny * ny, ny * nz) + 1e-3
    const against = (-ny * nx * hx + (1 - ny * ny) * hy - ny * nz * hz) / tangent
    return power16(Math.max(0, 1 - against * against)) * Math.max(0, facing) * 0.045
  }
  const glancing = 1 - Math.max(0, towardsCamera[0]! * hx + towardsCamera[1]! * hy + towardsCamera[2]! * hz)
  const fresnel = 0.04 + 0.96 * glancing * glancing * glancing * glancing * glancing
  const broad = power16(Math.max(0, along))
  const sharp = broad * broad * broad * broad
  return look.gloss * fresnel * Math.max(0, facing) * (2.4 * broad + 2.4 * sharp)
}

function power16(x: number): number {
  const x2 = x * x
  const x4 = x2 * x2
  return x4 * x4 * x4 * x4
}

/** The upper lid darkens the eye below it. @param height on the unit eyeball */
function shadeUnderLid({ diffuse }: Gathered, height: number, open: number): void {
  const share = (0.72 + 0.28 * smoothstep(0.55, -0.1, height)) * (0.55 + 0.45 * smoothstep(0.2, 0.75, open))
  for (let c = 0; c < 3; c++) diffuse[c]! *= share
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!
}

function normalise(v: Float64Array): void {
  const length = Math.sqrt(dot(v, v)) + 1e-9
  for (let k = 0; k < 3; k++) v[k]! /= length
}

function negate(v: Float64Array): void {
  for (let k = 0; k < 3; k++) v[k] = -v[k]!
}
