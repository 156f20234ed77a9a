import type { Colour } from '../../src/specimen/person/colour.ts'
import { figureOf } from '../../src/specimen/person/figure.ts'
import type { Person } from '../../src/specimen/person/person.ts'
import { Random } from '../../src/specimen/person/random.ts'
import { paintBackdrop } from '../../src/specimen/person/render/backdrop.ts'
import { develop } from '../../src/specimen/person/render/develop.ts'
import { softenEdges } from '../../src/specimen/person/render/edges.ts'
import type { Lamp, Light } from '../../src/specimen/person/render/light.ts'
import { placeSurface } from '../../src/specimen/person/render/pose.ts'
import { rasterise } from '../../src/specimen/person/render/rasteriser.ts'
import { sceneOf } from '../../src/specimen/person/render/scene.ts'
import { shade } from '../../src/specimen/person/render/shading.ts'

/** Red, green, blue and coverage, 0 to 255: a person without what is behind them. */
export interface CutOut {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** The lens sees the shoulders too: what a face stands on is what tells it from a print. */
const CAMERA = { width: 300, height: 360, focal: 0.62 * 360 }

/** The same person as they happen to look at a camera: pose, expression, distance and light at random. */
export function cutOut(person: Person, seed: number): CutOut {
  const random = new Random(seed)
  const figure = figureOf(person)
  const pose = { yaw: 11 * random.normal(), pitch: 7 * random.normal(), roll: 6 * random.normal() }
  const place = { x: random.between(-2, 2), y: random.between(-2, 3), distance: random.between(36, 62) }
  const expression = {
    lids: random.unit() < 0.1 ? random.unit() : 0,
    mouth: random.unit() < 0.15 ? random.between(0, 0.6) : 0,
    smile: random.unit() < 0.4 ? random.unit() : 0,
  }
  const surfaces = sceneOf(figure, expression).map((s) => placeSurface(s, pose, place, figure.chin))
  const view = rasterise(CAMERA, surfaces)
  const light = paintBackdrop(CAMERA, { kind: 'plain' })
  shade(figure, view, lightAtRandom(random), expression.lids, [place.x, place.y - 2, -place.distance - 6], light)
  softenEdges(view, light)
  const { data } = develop(light, CAMERA, { balance: [1, 1, 1], blur: 0.4, noise: 1, seed })
  const pixels = CAMERA.width * CAMERA.height
  const result = new Uint8Array(4 * pixels)
  for (let i = 0; i < pixels; i++) {
    result.set(data.subarray(3 * i, 3 * i + 3), 4 * i)
    result[4 * i + 3] = Number.isFinite(view.depth[i]!) ? 255 : 0
  }
  return { width: CAMERA.width, height: CAMERA.height, data: result }
}

function lightAtRandom(random: Random): Light {
  const white = (): Colour => [1, random.between(0.88, 1), random.between(0.78, 1.05)]
  const lamp = (strength: number, castsShadow: boolean): Lamp => ({
    direction: [random.between(-1.5, 1.5), random.between(-0.3, 1.2), random.between(0.3, 1.2)],
    colour: white(),
    strength,
    castsShadow,
  })
  const ambient = random.between(0.15, 0.55)
  const sky = white().map((value) => value * ambient) as unknown as Colour
  const ground = white().map((value) => value * ambient * random.between(0.4, 0.8)) as unknown as Colour
  return { lamps: [lamp(random.between(0.3, 1), true), lamp(random.between(0, 0.5), false)], sky, ground }
}
